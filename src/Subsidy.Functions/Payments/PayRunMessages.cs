using System.Text.Json.Serialization;
using Subsidy.Core.Payments;

namespace Subsidy.Functions.Payments;

// What stands in the history of a pay run's orchestration. Phases by name: their numbers may change under a run that is under way.

/// <param name="Run">Number of the run.</param>
public sealed record PayRunOrder(string Run);

/// <param name="State">Of the run.</param>
/// <param name="Phase">Null when there is nothing to do without people and bank.</param>
public sealed record PayRunPlan(string State, [property: JsonConverter(typeof(JsonStringEnumConverter<PayRunPhase>))] PayRunPhase? Phase, IReadOnlyList<ChunkSlice> Slices);

/// <summary>Chunks that one activity does, one after the other.</summary>
public sealed record ChunkSlice(IReadOnlyList<int> Chunks)
{
    /// <summary>
    /// At most so many slices a phase: a run of 50,000 payments has a thousand chunks, and an orchestration's history should not have
    /// thousands of entries. Up to here a slice is one chunk.
    /// </summary>
    public const int Most = 100;

    public static IReadOnlyList<ChunkSlice> Of(IReadOnlyList<int> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return [.. chunks.Chunk(Math.Max(1, (chunks.Count + Most - 1) / Most)).Select(slice => new ChunkSlice(slice))];
    }
}

public sealed record PayRunSlice(string Run, [property: JsonConverter(typeof(JsonStringEnumConverter<PayRunPhase>))] PayRunPhase Phase, ChunkSlice Slice);

public sealed record PayRunPhaseEnd(string Run, [property: JsonConverter(typeof(JsonStringEnumConverter<PayRunPhase>))] PayRunPhase Phase);
