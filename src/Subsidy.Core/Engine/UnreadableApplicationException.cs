namespace Subsidy.Core.Engine;

/// <summary>What is stored of an application can no longer be opened: it was altered, its key is lost, or a later build has written it. Trying again does not help.</summary>
public sealed class UnreadableApplicationException(string id, Exception cause) : Exception($"Application {id} cannot be opened.", cause);
