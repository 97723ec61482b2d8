using Subsidy.Core.Engine;

namespace Subsidy.Local.Running;

/// <summary>
/// Takes turns on one machine. The due rows are read once, at the start; from then on every nudge and every turn's answer says when
/// an application must be looked at again, so an idle application costs nothing.
/// </summary>
internal sealed partial class Runner(IServiceProvider services, Agenda agenda, TimeProvider time, ILogger<Runner> log) : BackgroundService
{
    private const int Workers = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var streams = services.GetRequiredService<IStreams>();
        await foreach (var due in streams.DueAsync(time.GetUtcNow().AddYears(1000), stoppingToken))
            agenda.Put(due.Id, due.At);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        var turns = services.GetRequiredService<Turns>();
        while (!cancel.IsCancellationRequested)
        {
            string id;
            try
            {
                id = await agenda.TakeAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }

            DateTimeOffset? next = null;
            try
            {
                next = (await turns.TakeAsync(id, cancel))?.Next;
                agenda.Succeeded(id);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // One application's trouble must not stop the others; it is tried again and stands in the log.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                var pause = agenda.Failed(id, FirstPause, LongestPause);
                next = time.GetUtcNow() + pause;
                TurnFailed(log, id, pause, failure);
            }
            finally
            {
                agenda.Done(id, next);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of application {Id} failed; it is taken again in {Pause}.")]
    private static partial void TurnFailed(ILogger logger, string id, TimeSpan pause, Exception exception);
}
