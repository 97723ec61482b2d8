namespace Subsidy.Storage.Streams;

/// <summary>An event that the head counts is not there: somebody has deleted it. <see cref="Histories.VerifyAsync"/> says which.</summary>
public sealed class BrokenStreamException(string id) : Exception($"The stream of application {id} has a gap.");
