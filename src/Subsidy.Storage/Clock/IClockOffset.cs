namespace Subsidy.Storage.Clock;

/// <summary>How far the clock of a demonstration or a test is ahead of the system's; one value for every process.</summary>
public interface IClockOffset
{
    /// <summary>Zero when it was never moved.</summary>
    Task<TimeSpan> ReadAsync(CancellationToken cancellation);

    /// <summary>Adds <paramref name="by"/>, which is positive: time does not go back. Answers the new offset.</summary>
    Task<TimeSpan> AdvanceAsync(TimeSpan by, CancellationToken cancellation);

    /// <summary>Sets the first offset, which may be negative.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    Task BeginAsync(TimeSpan offset, CancellationToken cancellation);
}
