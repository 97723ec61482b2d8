namespace Subsidy.Core.Funds;

/// <summary>Where the money for one entitlement is, in one fund-year.</summary>
/// <param name="Entitlement">Its id: application, period.</param>
/// <param name="Scheme">Of the application, for figures by scheme.</param>
/// <param name="Village">Of the application, for figures by village.</param>
/// <param name="Due">The day from which it may be paid.</param>
/// <param name="Ticket">Place in the queue that it has, or had; 0 when it never waited.</param>
/// <param name="Attempt">1 for the first payment, one more after each that failed.</param>
/// <param name="Run">The pay run that holds it, or held it last.</param>
/// <param name="Code">Reason code of the bank (ISO 20022 external code) when the last payment failed.</param>
/// <param name="Grant">
/// Number of the event that granted the entitlement. One that was given up and is granted again has a higher one, so that an order that
/// comes late is known from the next.
/// </param>
public sealed record Position(
    string Entitlement, string Scheme, string Village, Money Amount, PositionState State, DateOnly Due, int Ticket, int Attempt, string? Run,
    string? Code, int Grant)
{
    /// <summary>How often the position has changed, through all years: tells a report that comes late from the latest.</summary>
    public int Change { get; init; }

    /// <summary>Of what was paid: claimed back, and not dropped since.</summary>
    public Money Claimed { get; init; }

    /// <summary>Of what was claimed back by <see cref="Recovery"/>: neither repaid nor offset nor written off nor dropped so far.</summary>
    public Money Owed { get; init; }

    /// <summary>Of what was claimed back: paid down out of later entitlements of the application, and not undone since.</summary>
    public Money Offset { get; init; }

    /// <summary>Of what was claimed back: given up by two people.</summary>
    public Money WrittenOff { get; init; }

    /// <summary>What has become of what was claimed back.</summary>
    public ClaimSums Claims => new(Owed, Claimed - Owed - Offset - WrittenOff, Offset, WrittenOff);

    /// <summary>The claim that is open, or was the last: there is one at a time.</summary>
    public string? Recovery { get; init; }

    /// <summary>Number of the application's event by which it was last signed for as handed over; 0 when it never was.</summary>
    public int HandOver { get; init; }

    /// <summary>Number of the application's event in which the payee stands to whom the latest attempt was ordered; 0 where none was, or nobody said.</summary>
    public int PayeeAt { get; init; }

    /// <summary>The state in which it left for the next year's books.</summary>
    public PositionState? LeftAs { get; init; }

    /// <summary>The application that an entitlement belongs to: the first part of its id.</summary>
    public static string ApplicationOf(string entitlement) => entitlement[..entitlement.IndexOf('-', StringComparison.Ordinal)];

    public string Application => ApplicationOf(Entitlement);

    /// <summary>Neither paid nor given up.</summary>
    public bool Open => State is not (PositionState.Paid or PositionState.Released or PositionState.CarriedOver);

    /// <summary>One name per payment attempt, at most 35 characters: ISO 20022 <c>EndToEndId</c>.</summary>
    public string EndToEndId => $"{Entitlement}-{Attempt}";
}

public enum PositionState
{
    /// <summary>In the queue for money.</summary>
    Waiting,
    /// <summary>The money is set aside; the next pay run may take it.</summary>
    Reserved,
    /// <summary>In a pay run that nobody has approved yet.</summary>
    Gathered,
    /// <summary>In an approved pay run; the bank has not answered.</summary>
    Committed,
    Paid,
    /// <summary>The bank could not pay, or the money came back. The money is still set aside, and waits for a new attempt.</summary>
    Failed,
    /// <summary>Given up before it was paid.</summary>
    Released,
    /// <summary>Taken out of these books for the next year's, where it is not known to have arrived yet.</summary>
    Leaving,
    /// <summary>Carried into the next year's books, and there.</summary>
    CarriedOver,
    /// <summary>Handed over on the spot, out of the petty fund, by one who has signed; the second signature is missing. No pay run takes it.</summary>
    HandedOut,
}
