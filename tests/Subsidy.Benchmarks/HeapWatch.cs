namespace Subsidy.Benchmarks;

/// <summary>The most that the managed heap held, garbage that was not collected yet among it; sampled.</summary>
internal sealed class HeapWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    private readonly Timer timer;
    private long most = GC.GetTotalMemory(forceFullCollection: true);

    public HeapWatch() => timer = new Timer(_ => Look(), null, Every, Every);

    public long Most
    {
        get
        {
            Look();
            return Interlocked.Read(ref most);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var now = GC.GetTotalMemory(forceFullCollection: false);
        for (var known = Interlocked.Read(ref most); now > known; known = Interlocked.Read(ref most))
            Interlocked.CompareExchange(ref most, now, known);
    }
}
