namespace Subsidy.Storage.Streams;

/// <summary>The sealed state of an application would exceed the 64 KiB of a property. Nothing was written.</summary>
public sealed class HeadTooLargeException(string id, int length)
    : Exception($"The state of application {id} takes {length} bytes; a head has room for {HeadRow.MaxState}.");
