using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subsidy.Storage.Township;

namespace Subsidy.Functions;

/// <summary>Reads the township's files before anything is served, and looks once a minute whether they have changed.</summary>
internal sealed partial class TownshipStart(TownshipShelf shelf, ILogger<TownshipStart> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <exception cref="TownshipFilesException">They are not sound, and there is no earlier edition.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await shelf.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await shelf.RefreshAsync(stoppingToken);
            foreach (var fault in shelf.Faults)
                FileRefused(log, fault.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The township's files are not used, the edition before stays: {Fault}")]
    private static partial void FileRefused(ILogger logger, string fault);
}
