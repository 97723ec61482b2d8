namespace Subsidy.Storage.Clock;

/// <summary>
/// The system's time plus a stored offset, so that a notice of seven days can be walked through in a minute. Only for
/// Local and for Development: a county's clock cannot be moved. Timers and stopwatches keep the system's pace.
/// </summary>
/// <remarks>
/// Time is asked for synchronously, so the offset is kept in memory: as of the last <see cref="RefreshAsync"/> or
/// <see cref="AdvanceAsync"/>. A process that is not the only one refreshes before it handles a request or takes a turn.
/// </remarks>
public sealed class MovedClock(IClockOffset stored, TimeProvider system) : TimeProvider
{
    private long _offsetTicks;

    /// <summary>How far this clock is ahead of the system's, as last read.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Offset;

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what another process stored.</summary>
    public async Task RefreshAsync(CancellationToken cancellation) => Raise(await stored.ReadAsync(cancellation));

    /// <summary>Moves the clock of every process forward by <paramref name="by"/>, which is positive.</summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellation) =>
        Raise(await stored.AdvanceAsync(by, cancellation));

    /// <summary>
    /// Starts a clock that was never moved at an earlier time, for a demonstration that is to have a past. Nothing else sets a clock back.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was moved before.</exception>
    public async Task BeginAsync(TimeSpan offset, CancellationToken cancellation)
    {
        await stored.BeginAsync(offset, cancellation);
        Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
    }

    /// <summary>Answers may arrive out of order; the offset only ever grows, so the greater one is the later one.</summary>
    private void Raise(TimeSpan offset)
    {
        long seen;
        while ((seen = Interlocked.Read(ref _offsetTicks)) < offset.Ticks)
            Interlocked.CompareExchange(ref _offsetTicks, offset.Ticks, seen);
    }
}
