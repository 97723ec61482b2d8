using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications;

/// <summary>What one application is owed for one period; the id is the same for ever.</summary>
/// <param name="Id"><c>{application}-{period}</c>.</param>
/// <param name="Period"><c>once</c>, <c>2026-11</c>, <c>2026-autumn</c>.</param>
/// <param name="Number">Number of the event that granted it.</param>
/// <param name="Books">Fiscal year in whose books it is looked for first. Given up and granted again, it keeps its first, so that it is never in two.</param>
/// <param name="Year">Fiscal year in whose books it stands; 0 while it stands in none.</param>
/// <param name="Run">The pay run of the latest attempt.</param>
/// <param name="Attempt">The latest attempt at paying it; 0 before the first.</param>
/// <param name="Code">Why the latest attempt failed: ISO 20022 external reason code; until the next is ordered.</param>
/// <param name="PaidAt">When it was paid; null until then, and again when the money came back.</param>
/// <param name="Heard">The latest change in the books that the application has heard of.</param>
public sealed record Entitlement(
    string Id, string Period, string Fund, Money Amount, DateTimeOffset GrantedAt, int Number, EntitlementState State, int Books, int Year, string? Run,
    int Attempt, string? Code, int Heard = 0, DateTimeOffset? PaidAt = null)
{
    /// <summary>The latest time that it was handed over on the spot, or was to be; null when it never was.</summary>
    public HandOver? HandOver { get; init; }

    /// <summary>Number of the event in which the payee stands that the money was sent to; 0 while it is sent to nobody.</summary>
    public int PayeeAt { get; init; }

    /// <summary>Kept back on top of <see cref="Amount"/> for a recovery, and not undone since; that recovery may be void by now.</summary>
    public Money Kept { get; init; }

    /// <summary>
    /// What the attempt that failed was to pay: as it was granted before, where it was given up and granted again otherwise while the bank had it.
    /// </summary>
    public Money Tried { get; init; }

    /// <summary>Was kept back and is not any more, since what was paid was asked back whole: owed on top of <see cref="Amount"/>, should it be owed again.</summary>
    public Money Undone { get; init; }

    /// <summary>Owed, and not yet paid.</summary>
    public bool Owed => State is not (EntitlementState.Paid or EntitlementState.Cancelled);
}

public enum EntitlementState
{
    Granted,
    /// <summary>In the fund's queue.</summary>
    Waiting,
    Reserved,
    /// <summary>In an approved pay run.</summary>
    Ordered,
    Paid,
    Failed,
    /// <summary>Given up; the books have yet to confirm it.</summary>
    Cancelled,
}

/// <summary>Payments that follow one another.</summary>
/// <param name="Step">The pay step.</param>
/// <param name="Next">When the next period is granted.</param>
/// <param name="Granted">How many periods have been granted.</param>
public sealed record Recurring(string Step, string Fund, DateTimeOffset Next, int Granted)
{
    /// <summary>How many re-checks were called for besides those that the scheme asks: numbers them.</summary>
    public int Called { get; init; }
}

/// <summary>Money that is asked back.</summary>
/// <param name="Id"><c>{entitlement}-recovery</c>, after a later attempt at paying it <c>{entitlement}-recovery-{attempt}</c>.</param>
/// <param name="Outstanding">What has neither come back nor been written off.</param>
/// <param name="Instalments">What was agreed, or empty: at once.</param>
/// <param name="Documents">Vouchers of what has come back: each counts once.</param>
/// <param name="WriteOff">Proposed by one person, to be decided by another.</param>
/// <param name="Call">When finance is next reminded.</param>
/// <param name="Entries">How many payments, offsets and decisions there were: numbers them.</param>
public sealed record Recovery(
    string Id,
    string Entitlement,
    FundKey Fund,
    Money Amount,
    Money Outstanding,
    IReadOnlyList<Instalment> Instalments,
    IReadOnlyList<string> Documents,
    WriteOff? WriteOff,
    DateTimeOffset Call,
    int Entries)
{
    public bool Open => Outstanding > Money.Zero;

    /// <summary>What was kept back from later entitlements, and counts for as long as these are owed.</summary>
    public IReadOnlyList<Offset> Offsets { get; init; } = [];

    /// <summary>What is due by now: instalments that were agreed for later days are not.</summary>
    public Money DueOn(DateOnly day)
    {
        var later = Instalments.Where(instalment => instalment.Due > day).Aggregate(Money.Zero, (sum, instalment) => sum + instalment.Amount);
        return Outstanding > later ? Outstanding - later : Money.Zero;
    }
}

/// <summary>Part of a later entitlement that a recovery was paid down with (抵扣).</summary>
public sealed record Offset(string Entitlement, Money Amount);

public sealed record Instalment(DateOnly Due, Money Amount);

/// <param name="Amount">What was outstanding when it was proposed.</param>
/// <param name="Reason">Personal.</param>
public sealed record WriteOff(string Staff, Money Amount, string Reason, DateTimeOffset At);

/// <summary>What the books of a fund say of an entitlement, as the application is told.</summary>
/// <param name="Change">Number of the position's latest change: what has a lower one than what was heard comes too late.</param>
public sealed record FundReport(
    string Entitlement, FundKey Fund, PositionState State, Money Amount, string? Run, int Attempt, string? Code, int Grant, int Change)
{
    /// <inheritdoc cref="Position.PayeeAt"/>
    public int PayeeAt { get; init; }

    public static FundReport Of(FundKey fund, Position position) => new(
        position.Entitlement, fund, position.State, position.Amount, position.Run, position.Attempt, position.Code, position.Grant, position.Change)
    {
        PayeeAt = position.PayeeAt,
    };
}
