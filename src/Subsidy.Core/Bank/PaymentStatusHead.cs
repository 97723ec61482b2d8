namespace Subsidy.Core.Bank;

/// <summary>What stands at the beginning of a report: enough to put several in order before one is read.</summary>
/// <param name="OriginalMessageId">Message id of the file that it answers.</param>
public sealed record PaymentStatusHead(DateTimeOffset CreatedAt, string OriginalMessageId);
