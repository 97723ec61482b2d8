namespace Subsidy.Local.Bank;

/// <summary>What somebody lets the bank do with a file.</summary>
/// <param name="Run">Number of the pay run.</param>
/// <param name="Payments">End-to-end ids of those that are rejected or sent back; the others are paid.</param>
/// <param name="Code">Why: ISO 20022 external reason code, such as <c>AC04</c>.</param>
/// <param name="After">ISO 8601 duration until the bank answers; null for at once.</param>
public sealed record BankAnswerOrder(string Run, BankDeed Do, IReadOnlyList<string>? Payments = null, string? Code = null, string? After = null);

public enum BankDeed
{
    /// <summary>Pays whatever it has not answered for good.</summary>
    Accept,
    /// <summary>Rejects some and pays the others.</summary>
    Reject,
    /// <summary>Says that it has the file, and nothing more.</summary>
    Pending,
    /// <summary>Sends money back that it had paid.</summary>
    Return,
    /// <summary>Puts its last answer into the inbox once more, byte for byte.</summary>
    Again,
    /// <summary>Somebody changes an amount in the answer on its way.</summary>
    Tamper,
}
