namespace Subsidy.Core.Applications;

/// <summary>Payments that followed one another and have stopped.</summary>
/// <param name="Before">As they stood, and stand again when an appeal is upheld.</param>
/// <param name="Last">The last period that is owed.</param>
/// <param name="AppealUntil">Null when the stop is final.</param>
public sealed record StoppedState(Recurring Before, StopReason Reason, string Last, DateTimeOffset At, DateTimeOffset? AppealUntil)
{
    /// <summary>The re-check that came to nothing by the stop.</summary>
    public CutOff? Recheck { get; init; }

    /// <summary>Later periods that had been granted. They are owed again when an appeal is upheld, but for those that are paid by then.</summary>
    public IReadOnlyList<GivenUp> GivenUp { get; init; } = [];
}

public sealed record CutOff(string Assignment, int Round);

/// <param name="Amount">What was granted, before anything was kept back of it.</param>
public sealed record GivenUp(string Period, Money Amount);
