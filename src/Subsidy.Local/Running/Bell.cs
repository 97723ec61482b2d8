namespace Subsidy.Local.Running;

/// <summary>Wakes one who waits, and tells what it was rung for; however often it was rung meanwhile, each thing once.</summary>
internal sealed class Bell<T> : IDisposable
    where T : notnull
{
    private readonly SemaphoreSlim rung = new(0);
    private readonly Lock gate = new();
    private readonly HashSet<T> reasons = [];

    public void Ring(T reason)
    {
        lock (gate)
        {
            if (reasons.Add(reason) && reasons.Count == 1)
                rung.Release();
        }
    }

    /// <returns>False when nobody has rung in that time.</returns>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancel) => rung.WaitAsync(longest, cancel);

    /// <summary>What it was rung for since this was asked last.</summary>
    public IReadOnlyList<T> Take()
    {
        lock (gate)
        {
            List<T> taken = [.. reasons];
            reasons.Clear();
            return taken;
        }
    }

    public void Dispose() => rung.Dispose();
}
