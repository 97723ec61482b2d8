using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>
/// What somebody wants of a fund-year. Each may be repeated: what has been done once stays done once, by the entitlement's id and state or
/// by the id of the entry.
/// </summary>
public abstract record FundCommand(Actor Actor)
{
    /// <summary>
    /// So many entitlements fit into one transaction of a hundred rows: one that is served changes five (entry, position, ticket, due,
    /// news), and there is the head.
    /// </summary>
    public const int MostAtOnce = 19;

    /// <summary>The entitlements whose positions it needs.</summary>
    public virtual IReadOnlyList<string> Entitlements => [];

    /// <summary>For what is known by no entitlement's state: the id by which a repetition is found out.</summary>
    public virtual FundEntry? Entry => null;
}

/// <summary>By what a command that is known by no entitlement's state is found out to have been carried out.</summary>
/// <param name="Content">What a form says that is sent again under its id must say again; null where the id says it all.</param>
public sealed record FundEntry(string Id, string? Content = null);

/// <summary>An appropriation, an increase, or (below zero) a cut.</summary>
/// <param name="Document">Number of the budget document.</param>
public sealed record Appropriate(Actor Actor, string Id, Money Amount, string Document) : FundCommand(Actor)
{
    /// <summary>What the register's file appropriates is entered once, whatever the file says later.</summary>
    public override FundEntry? Entry => new($"appropriation|{Id}", Actor.Kind is ActorKind.Staff ? $"{Amount.Fen}|{Document}" : null);
}

/// <summary>Sets the money for an entitlement aside, or gives it a place in the queue. Not after <see cref="Release"/> of the same grant.</summary>
/// <param name="Grant">Number of the event that granted it.</param>
public sealed record Reserve(string Entitlement, string Scheme, string Village, Money Amount, DateOnly Due, int Grant) : FundCommand(Actor.Engine)
{
    /// <summary>The latest attempt in the books of an earlier year: the bank knows it, so the next is another.</summary>
    public int Attempt { get; init; }

    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>
/// The entitlement is given up. Money that is on its way, or has arrived, is not released. What was never reserved is written down as
/// released, so that an order to reserve it that was held up on its way finds out.
/// </summary>
/// <param name="Tell">Whether the application must hear of it; not when it is the one that asks.</param>
public sealed record Release(string Entitlement, string Scheme, string Village, Money Amount, DateOnly Due, int Grant, bool Tell = false)
    : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>Serves the queue from its head as far as the money goes. The positions handed in are those with the lowest tickets, in order.</summary>
public sealed record ServeQueue() : FundCommand(Actor.Engine);

/// <summary>A pay run takes entitlements that are due, so that no other run does.</summary>
public sealed record Gather(string Run, IReadOnlyList<string> Taken) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => Taken;
}

/// <summary>A pay run that comes to nothing, or leaves some out, gives them back.</summary>
public sealed record Scatter(string Run, IReadOnlyList<string> GivenBack) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => GivenBack;
}

/// <summary>The run is approved: from here only the bank's answer decides.</summary>
/// <param name="Attempts">The attempt of each that was approved; what is at another one is left as it is. Null: whichever they are at.</param>
/// <param name="Payees">Of each the number of the application's event in which the payee stands that was approved. Null: nobody says.</param>
public sealed record Commit(string Run, IReadOnlyList<string> Ordered, IReadOnlyList<int>? Attempts = null, IReadOnlyList<int>? Payees = null) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => Ordered;
}

/// <summary>What the bank says of payments: each settled, or failed with a reason code. After a settlement a failure is a return.</summary>
public sealed record Answer(string Run, IReadOnlyList<BankAnswer> Answers) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => [.. Answers.Select(answer => answer.Entitlement)];
}

/// <param name="Attempt">The attempt that the bank speaks of; an answer to an earlier one changes nothing.</param>
/// <param name="Code">Null when settled; otherwise the ISO 20022 external reason code.</param>
public sealed record BankAnswer(string Entitlement, int Attempt, string? Code);

/// <summary>A payment that failed is tried again: with another account, or because the fault was not the payee's.</summary>
/// <param name="Attempt">The attempt that failed.</param>
public sealed record Retry(string Entitlement, int Attempt) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>Cash for the petty fund, or (below zero) back from it.</summary>
/// <param name="Document">Number of the voucher.</param>
public sealed record AdvancePetty(Actor Actor, string Id, Money Amount, string Document) : FundCommand(Actor)
{
    public override FundEntry? Entry => new($"petty|{Id}", $"{Amount.Fen}|{Document}");
}

/// <summary>Cash or goods out of the petty fund were handed over, and one has signed: from here on no pay run takes it.</summary>
/// <param name="HandOver">Number of the application's event that says so.</param>
public sealed record HandOut(string Entitlement, int HandOver) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>The handover is dropped: what was handed out is back, and the entitlement is due again.</summary>
public sealed record TakeBack(string Entitlement, int HandOver) : FundCommand(Actor.Engine)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>Both have signed: paid on the spot, in cash or kind, out of the petty fund. Only after <see cref="HandOut"/>.</summary>
/// <param name="Document">Number of the receipt.</param>
public sealed record PayFromPetty(Actor Actor, string Entitlement, int HandOver, string Document) : FundCommand(Actor)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>What was paid is claimed back, in whole or in part.</summary>
/// <param name="Amount">By how much more, if part of it was claimed before.</param>
public sealed record RaiseClaim(Actor Actor, string Recovery, string Entitlement, Money Amount) : FundCommand(Actor)
{
    /// <summary>Tells what is claimed later from what was claimed first, which has 0.</summary>
    public int Number { get; init; }

    public override IReadOnlyList<string> Entitlements => [Entitlement];
    public override FundEntry? Entry => new($"claim|{Recovery}|{Number}|{Entitlement}");
}

/// <summary>Something of a claim has come back or was offset, an offset is undone, or the claim is dropped or written off.</summary>
/// <param name="Id">Of this payment or decision.</param>
/// <param name="Document">Number of the voucher; for an offset the later entitlement that it was kept back from.</param>
public sealed record SettleClaim(Actor Actor, string Id, string Recovery, string Entitlement, Money Amount, ClaimEnd End, string Document)
    : FundCommand(Actor)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
    public override FundEntry? Entry => new($"settlement|{Id}|{Entitlement}");
}

public enum ClaimEnd
{
    Repaid,
    WrittenOff,
    Dropped,
    /// <summary>Kept back from a later entitlement (抵扣).</summary>
    Offset,
    /// <summary>The later entitlement was not owed after all: what was kept back from it is to be recovered again.</summary>
    OffsetUndone,
}

/// <summary>
/// At the year's end: the promise leaves for the next year's books. Then <see cref="CarryIn"/> there, then <see cref="ConfirmArrival"/>
/// here; until that, the position is open and says how it left, so that whoever finds it can go on.
/// </summary>
public sealed record CarryOver(Actor Actor, string Entitlement) : FundCommand(Actor)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>In the next year's books: the promise arrives, and the money that was set aside for it, or else it waits again.</summary>
/// <param name="Old">The position as the old year's books have it, leaving.</param>
public sealed record CarryIn(Actor Actor, Position Old) : FundCommand(Actor)
{
    public override IReadOnlyList<string> Entitlements => [Old.Entitlement];
    public override FundEntry? Entry => new($"carriedIn|{Old.Entitlement}");
}

/// <summary>In the old year's books: what left has arrived in the next year's.</summary>
public sealed record ConfirmArrival(Actor Actor, string Entitlement) : FundCommand(Actor)
{
    public override IReadOnlyList<string> Entitlements => [Entitlement];
}

/// <summary>Nothing new is reserved any more.</summary>
public sealed record CloseYear(Actor Actor) : FundCommand(Actor);
