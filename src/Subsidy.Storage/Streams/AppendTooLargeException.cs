namespace Subsidy.Storage.Streams;

/// <summary>
/// What should be appended exceeds what Table Storage takes: 960 KiB of text for an event, 100 rows and 4 MiB for a transaction.
/// Nothing was written.
/// </summary>
public sealed class AppendTooLargeException(string message) : Exception(message);
