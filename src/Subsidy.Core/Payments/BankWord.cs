using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>What the bank says of one payment, as far as it is final.</summary>
/// <param name="Code">Why it failed: ISO 20022 external reason code.</param>
internal readonly record struct BankWord(LineOutcome Outcome, string? Code)
{
    /// <summary>ISO 20022: the reason is told in words, or not at all.</summary>
    private const string Unsaid = "NARR";

    public static BankWord Of(PayLine line, ReportedStatus? status) => status?.Meaning switch
    {
        PaymentStatus.Settled => new(LineOutcome.Settled, null),
        PaymentStatus.Rejected when !status.IsRepetition => new(LineOutcome.Failed, CodeOf(status)),
        _ => new(line.Outcome, line.Code),
    };

    /// <summary>Whether it is news. What was disputed stays with the person who looks into it.</summary>
    public bool Changes(PayLine line) => (line.Outcome, Outcome) switch
    {
        (LineOutcome.Pending, LineOutcome.Settled or LineOutcome.Failed) => true,
        (LineOutcome.Settled, LineOutcome.Failed) => true,
        _ => false,
    };

    /// <summary>A payment that was rejected is never settled under the same end-to-end id. What was disputed says by its code which of the two it was.</summary>
    public bool Contradicts(PayLine line) => Outcome is LineOutcome.Settled
        && line is { Outcome: LineOutcome.Failed } or { Outcome: LineOutcome.Disputed or LineOutcome.Resolved, Code: not null };

    /// <summary>The ledger takes codes and no words, which might be about a person.</summary>
    private static string CodeOf(ReportedStatus status) =>
        status.Reasons.Select(reason => reason.Code).FirstOrDefault(code => code is { Length: 4 } && code.All(char.IsAsciiLetterOrDigit))?.ToUpperInvariant() ?? Unsaid;
}
