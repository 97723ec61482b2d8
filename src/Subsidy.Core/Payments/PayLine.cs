using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Payments;

/// <summary>One payment of a run, or one that was looked at and left out, with why. Personal as a whole: it is stored sealed.</summary>
/// <param name="Entitlement">Its id.</param>
/// <param name="Attempt">Which attempt at paying it this is; with the entitlement the bank's end-to-end id.</param>
public sealed record PayLine(string Entitlement, string Scheme, string Village, Money Amount, int Attempt)
{
    /// <summary>As the application had it when the run looked. Forgotten for a line that is left out before anybody approved it.</summary>
    public Payee? Payee { get; init; }

    /// <summary>Number of the application's event in which the payee stands.</summary>
    public int PayeeAt { get; init; }

    /// <summary>ID number of the payee, for the one-card platform; null where the payee is neither the applicant nor of the household.</summary>
    public string? IdNumber { get; init; }

    /// <summary>What the payee reads on the statement (摘要).</summary>
    public string Remittance { get; init; } = "";

    /// <summary>Keyed hashes of the ID numbers of the applicant, first, and the household.</summary>
    public IReadOnlyList<PersonKey> Persons { get; init; } = [];

    /// <summary>Ids of those on the staff who have decided something about the application.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>Keyed hash of the account's number.</summary>
    public string? Account { get; init; }

    /// <summary>Keyed hash of name, account and bank: what the approver's digest covers of them.</summary>
    public string? PayeeDigest { get; init; }

    /// <summary>What a person has to look at first.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Why it is not paid by this run; null when it is.</summary>
    public Exclusion? Excluded { get; init; }

    /// <summary>Why the attempt before failed: ISO 20022 external reason code; null where there was none.</summary>
    public string? FailedFor { get; init; }

    public LineOutcome Outcome { get; init; }

    /// <summary>Why it failed: ISO 20022 external reason code.</summary>
    public string? Code { get; init; }

    /// <summary>Who has ended a dispute about it; null when there was none, or it is open.</summary>
    public DisputeEnd? DisputeEnded { get; init; }

    public bool Included => Excluded is null;

    public string Application => Position.ApplicationOf(Entitlement);

    /// <inheritdoc cref="Position.EndToEndId"/>
    public string EndToEndId => string.Create(CultureInfo.InvariantCulture, $"{Entitlement}-{Attempt}");

    public override string ToString() => $"{nameof(PayLine)} {EndToEndId}";
}

/// <summary>Why something due is not in a run. Names are for ever.</summary>
public enum Exclusion
{
    /// <summary>A hold is on the person, the application, the scheme, the fund or everything.</summary>
    Held,
    /// <summary>The application names no payee.</summary>
    NoPayee,
    /// <summary>A payment to this account has failed, and another account is awaited or has yet to be confirmed.</summary>
    PayeeInDoubt,
    /// <summary>The application does not want it any more, or has been erased.</summary>
    Withdrawn,
    /// <summary>Something has to be looked at by a person first.</summary>
    Flagged,
    /// <summary>Payee or amount is nothing that a bank file takes.</summary>
    Unpayable,
    /// <summary>Another run has it, or the books have given it up.</summary>
    Taken,
    /// <summary>The payee is no longer the one that was approved.</summary>
    PayeeChanged,
}

/// <summary>What the bank has said of a payment.</summary>
public enum LineOutcome
{
    /// <summary>Nothing that is final.</summary>
    Pending,
    Settled,
    /// <summary>Rejected, or sent back after it was settled.</summary>
    Failed,
    /// <summary>
    /// The books did not take what the bank says. As a rule it has sent back what was already partly recovered from the payee: a person must
    /// see who is owed what.
    /// </summary>
    Disputed,
    /// <summary>It was disputed; a person has closed it, and nothing was entered.</summary>
    Resolved,
}

/// <param name="Staff">Who ended it.</param>
/// <param name="Reason">What was found out.</param>
public sealed record DisputeEnd(string Staff, DateTimeOffset At, string Reason);
