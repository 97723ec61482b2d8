namespace Subsidy.Storage.Indexes;

/// <summary>Carries out <see cref="IndexRebuild"/> apart from the request that asks for it: in a county it takes minutes.</summary>
public interface IIndexRebuilding
{
    /// <summary>Begins one; where one is running already, leaves it be.</summary>
    Task BeginAsync(CancellationToken cancel);

    /// <summary>How the last one went or goes. Null when none is known of.</summary>
    Task<Rebuilding?> LastAsync(CancellationToken cancel);
}

/// <param name="At">When it began; once it is over, when it ended.</param>
/// <param name="Result">Once it has succeeded.</param>
public sealed record Rebuilding(RebuildingState State, DateTimeOffset At, Rebuilt? Result = null);

public enum RebuildingState { Running, Done, Failed }
