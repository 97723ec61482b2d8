using System.Collections.Concurrent;
using System.Diagnostics;

namespace Subsidy.Benchmarks;

/// <summary>Measures one phase, from when it is made until <see cref="End"/>.</summary>
internal sealed class PhaseClock : IDisposable
{
    private const int Thousand = 1000;

    private readonly ConcurrentQueue<(TimeSpan At, int Payments)> laps = new();
    private readonly HeapWatch heap = new();
    private readonly RequestMeter meter;
    private readonly int sent;
    private readonly int lost;
    private readonly long allocated = GC.GetTotalAllocatedBytes();
    private readonly Stopwatch watch;

    public PhaseClock(RequestMeter meter)
    {
        (this.meter, sent, lost) = (meter, meter.Sent, meter.Lost);
        watch = Stopwatch.StartNew();
    }

    /// <summary>So many more payments are done.</summary>
    public void Lap(int payments) => laps.Enqueue((watch.Elapsed, payments));

    public Phase End(string name, int payments)
    {
        var time = watch.Elapsed;
        return new Phase(
            name, payments, time, meter.Sent - sent, meter.Lost - lost, GC.GetTotalAllocatedBytes() - allocated, heap.Most, LastToFirst());
    }

    public void Dispose() => heap.Dispose();

    private double? LastToFirst()
    {
        var done = laps.OrderBy(lap => lap.At).ToList();
        if (done.Sum(lap => lap.Payments) < 2 * Thousand)
            return null;
        var first = TimeOf(done);
        done.Reverse();
        return (done[0].At - TimeOf(done)) / first;
    }

    /// <summary>When the first thousand in this order are done.</summary>
    private static TimeSpan TimeOf(List<(TimeSpan At, int Payments)> laps)
    {
        var payments = 0;
        return laps.First(lap => (payments += lap.Payments) >= Thousand).At;
    }
}
