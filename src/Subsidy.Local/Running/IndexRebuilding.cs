using Subsidy.Storage.Indexes;

namespace Subsidy.Local.Running;

/// <summary>Rebuilds the indexes in the background of this process. Broken off by its end, it is simply asked for again.</summary>
internal sealed partial class IndexRebuilding(IndexRebuild rebuild, TimeProvider time, ILogger<IndexRebuilding> log) : BackgroundService, IIndexRebuilding
{
    private readonly SemaphoreSlim asked = new(0);
    private Rebuilding? last;

    public Task BeginAsync(CancellationToken cancel)
    {
        var before = last;
        if (before is not { State: RebuildingState.Running }
            && Interlocked.CompareExchange(ref last, new Rebuilding(RebuildingState.Running, time.GetUtcNow()), before) == before)
        {
            asked.Release();
        }
        return Task.CompletedTask;
    }

    public Task<Rebuilding?> LastAsync(CancellationToken cancel) => Task.FromResult(last);

    public override void Dispose()
    {
        asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await asked.WaitAsync(stoppingToken);
            try
            {
                var result = await rebuild.RunAsync(stoppingToken);
                last = new Rebuilding(RebuildingState.Done, time.GetUtcNow(), result);
                Finished(log, result.Written, result.Deleted);
            }
#pragma warning disable CA1031 // The page and the log say so; the next one asked for must still be carried out.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                last = new Rebuilding(RebuildingState.Failed, time.GetUtcNow());
                Failed(log, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The indexes were rebuilt: {Written} rows stand, {Deleted} were taken away.")]
    private static partial void Finished(ILogger logger, int written, int deleted);

    [LoggerMessage(Level = LogLevel.Error, Message = "The indexes could not be rebuilt.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
