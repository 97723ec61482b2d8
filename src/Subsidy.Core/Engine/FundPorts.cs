using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>The books of the funds: one partition per fund-year, every change one transaction.</summary>
public interface IFundBooks
{
    /// <summary>The fund-year, the positions of these entitlements, and whether the entry is there: point reads only.</summary>
    Task<FundSheet> LoadAsync(FundKey key, IReadOnlyList<string> entitlements, FundEntry? entry, CancellationToken cancel);

    /// <summary>The fund-year and the entitlements with the lowest tickets, in order.</summary>
    Task<FundSheet> LoadQueueAsync(FundKey key, int take, CancellationToken cancel);

    /// <summary>Writes entries, positions, queue, due list and news in one transaction. Null, and nothing written, when the fund-year has moved.</summary>
    /// <param name="entry">Id of an entry that may stand in the books only once.</param>
    Task<Fund?> AppendAsync(FundSheet before, FundDecided decided, FundEntry? entry, CancellationToken cancel);

    /// <summary>Positions that a pay run may take: reserved, and due not after the date; the oldest first. One range of one partition.</summary>
    IAsyncEnumerable<Position> DueAsync(FundKey key, DateOnly until, CancellationToken cancel);

    /// <summary>Positions that were handed over by one who has signed, and wait for the second signature. One range of one partition.</summary>
    IAsyncEnumerable<Position> HandedOutAsync(FundKey key, CancellationToken cancel);

    /// <summary>Positions of which their applications have yet to hear.</summary>
    IAsyncEnumerable<FundNews> NewsAsync(FundKey key, CancellationToken cancel);

    /// <summary>The same, of these entitlements only: point reads.</summary>
    IAsyncEnumerable<FundNews> NewsAsync(FundKey key, IReadOnlyList<string> entitlements, CancellationToken cancel);

    /// <summary>The applications have heard. News that has become newer meanwhile stays.</summary>
    Task HeardAsync(FundKey key, IReadOnlyList<FundNews> news, CancellationToken cancel);

    /// <summary>All positions of the fund-year that are neither paid nor given up.</summary>
    IAsyncEnumerable<Position> OpenAsync(FundKey key, CancellationToken cancel);

    /// <summary>The whole ledger, in order.</summary>
    IAsyncEnumerable<StoredEntry> ReadAsync(FundKey key, CancellationToken cancel);

    /// <summary>A page of the ledger, in order: entries with these numbers that there are. One range of one partition.</summary>
    /// <param name="first">Number of the first.</param>
    IAsyncEnumerable<LedgerEntry> PageAsync(FundKey key, int first, int count, CancellationToken cancel);

    /// <summary>The fund-years that have books.</summary>
    Task<IReadOnlyList<FundKey>> AllAsync(CancellationToken cancel);
}

/// <summary>The funds as the township's files say at this moment.</summary>
public interface IFundRegister
{
    IReadOnlyList<FundSource> Funds { get; }
}

/// <summary>A fund-year as storage has it, with what storage needs to write it back. Opaque to everyone else.</summary>
public abstract record FundSheet(FundView View);

/// <summary>What the books say of an entitlement, for its application.</summary>
public abstract record FundNews(FundKey Fund, Position Position);

/// <param name="Text">The exact stored text. The hash is over its UTF-8 bytes.</param>
/// <param name="Hash">SHA-256(previous hash ‖ fund-year ‖ number ‖ text), lower-case hexadecimal.</param>
public sealed record StoredEntry(LedgerEntry Entry, string Text, string PreviousHash, string Hash);
