using Subsidy.Core.Applications;

namespace Subsidy.Core.Funds;

/// <summary>A fund-year and what a command has to know of it, read at one moment.</summary>
/// <param name="Positions">Those of the command's entitlements that there are; for <see cref="ServeQueue"/> the first tickets in order.</param>
/// <param name="EntryExists">The command's entry stands in the books already.</param>
public sealed record FundView(Fund Fund, IReadOnlyList<Position> Positions, bool EntryExists)
{
    /// <summary>It stands there with other content than the command's.</summary>
    public bool OtherContent { get; init; }
}

/// <summary>What a command does to the books: one transaction.</summary>
/// <param name="Positions">New or changed, as they are afterwards.</param>
/// <param name="News">Those among them of which the application has yet to hear.</param>
public sealed record FundDecided(
    Fund Fund, IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<Position> Positions, IReadOnlyList<string> News, Refusal? Refusal)
{
    /// <summary>The command was carried out before, or asks for nothing.</summary>
    public bool Unchanged(Fund before) => Entries.Count == 0 && Positions.Count == 0 && Fund == before;
}
