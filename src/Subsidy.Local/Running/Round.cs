namespace Subsidy.Local.Running;

/// <summary>
/// Work that comes round: what somebody has rung for is seen to at once, and everything at the start and now and then, for whatever a crash
/// has left in the middle. One round at a time.
/// </summary>
/// <typeparam name="TKey">What a bell is rung for.</typeparam>
internal abstract class Round<TKey>(TimeSpan every) : BackgroundService
    where TKey : notnull
{
    private readonly SemaphoreSlim walking = new(1, 1);

    protected Bell<TKey> Bell { get; } = new();

    public override void Dispose()
    {
        Bell.Dispose();
        walking.Dispose();
        base.Dispose();
    }

    /// <summary>Sees to everything.</summary>
    protected abstract Task WalkAllAsync(CancellationToken cancel);

    protected abstract Task TendAsync(TKey key, CancellationToken cancel);

    /// <summary>One thing's trouble must not stop the others: it is taken up again with the next round.</summary>
    protected abstract void Failed(Exception failure);

    /// <summary>Has work done by itself, after whatever round is under way.</summary>
    protected async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await walking.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            walking.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(() => WalkAllAsync(stoppingToken), stoppingToken);
        while (true)
        {
            if (await Bell.WaitAsync(every, stoppingToken))
                await AloneAsync(() => TendRungAsync(stoppingToken), stoppingToken);
            else
                await TryAsync(() => WalkAllAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task<int> TendRungAsync(CancellationToken cancel)
    {
        var rung = Bell.Take();
        foreach (var key in rung)
            await TryAsync(() => TendAsync(key, cancel), cancel);
        return rung.Count;
    }

    private async Task TryAsync(Func<Task> walk, CancellationToken cancel)
    {
        try
        {
            await walk();
        }
#pragma warning disable CA1031 // What failed stands in the log, and comes up again with the next round.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            foreach (var one in failure is AggregateException many ? many.InnerExceptions : [failure])
                Failed(one);
        }
    }
}
