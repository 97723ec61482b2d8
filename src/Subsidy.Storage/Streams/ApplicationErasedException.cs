namespace Subsidy.Storage.Streams;

/// <summary>The keys of the application are destroyed; nothing can be added to it.</summary>
public sealed class ApplicationErasedException(string id) : Exception($"The people of application {id} are erased.");
