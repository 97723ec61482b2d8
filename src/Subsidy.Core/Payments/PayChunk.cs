namespace Subsidy.Core.Payments;

/// <summary>Up to fifty lines of a run: what one worker takes at a time, and storage keeps in one row.</summary>
/// <param name="Number">0 for the first.</param>
/// <param name="Answer">Number of the event that took the bank's answer that was applied last; 0 before the first.</param>
public sealed record PayChunk(int Number, ChunkState State, int Answer, IReadOnlyList<PayLine> Lines)
{
    public const int MostLines = 50;

    public IEnumerable<PayLine> Included => Lines.Where(line => line.Included);
}

/// <summary>How far a chunk is. In this order, but that any before <see cref="Committed"/> may be given back.</summary>
public enum ChunkState
{
    /// <summary>Entitlements that are due, and nothing more.</summary>
    Collected,
    /// <summary>Payees are frozen, and known to the check for duplicates.</summary>
    Looked,
    /// <summary>What is included is gathered in the books.</summary>
    Gathered,
    /// <summary>What is still included is to be committed; what is not has been dropped for good.</summary>
    Confirmed,
    /// <summary>What is included is committed in the books.</summary>
    Committed,
    /// <summary>Nothing of it is gathered any more: the run was discarded.</summary>
    Scattered,
}

/// <summary>What may be said of a chunk without opening it.</summary>
/// <param name="Digest">SHA-256 over the included lines, lower-case hexadecimal (<see cref="LineDigest"/>).</param>
public sealed record ChunkTally(
    int Number,
    ChunkState State,
    int Answer,
    int Lines,
    Total Included,
    IReadOnlyDictionary<Exclusion, Total> Excluded,
    IReadOnlyDictionary<string, Total> Schemes,
    IReadOnlyDictionary<LineOutcome, Total> Outcomes,
    string Digest)
{
    /// <summary>Ids of those on the staff whom, or whose declared relatives, included lines pay.</summary>
    public IReadOnlyList<string> Concerned { get; init; } = [];

    /// <summary>Ids of those on the staff who have decided something about an application that included lines pay.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <inheritdoc cref="PayRun.Remarkable"/>
    public bool Remarkable => Excluded.Count > 0 || Outcomes.ContainsKey(LineOutcome.Failed) || Outcomes.ContainsKey(LineOutcome.Disputed);

    public static ChunkTally Of(PayChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var included = chunk.Included.ToList();
        return new ChunkTally(
            chunk.Number,
            chunk.State,
            chunk.Answer,
            chunk.Lines.Count,
            included.Aggregate(default(Total), (sum, line) => sum + new Total(1, line.Amount)),
            Total.By(chunk.Lines.Where(line => !line.Included), line => line.Excluded!.Value),
            Total.By(included, line => line.Scheme),
            Total.By(included, line => line.Outcome),
            LineDigest.Of(included))
        {
            Concerned = [.. included.SelectMany(line => line.Flags).Where(flag => flag.Kind is FlagKind.Staff or FlagKind.Relative).Select(flag => flag.Subject).Distinct()],
            Deciders = [.. included.SelectMany(line => line.Deciders).Distinct()],
        };
    }
}
