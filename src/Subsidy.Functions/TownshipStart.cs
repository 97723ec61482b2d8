using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Township;

namespace Subsidy.Functions;

/// <summary>Reads the township's files and opens the funds' books before anything is served, and looks once a minute whether the files have changed.</summary>
internal sealed partial class TownshipStart(TownshipShelf shelf, OpeningBooks books, ILogger<TownshipStart> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>What the books were last opened with.</summary>
    private IReadOnlyList<FundSource>? opened;

    /// <exception cref="TownshipFilesException">They are not sound, and there is no earlier edition.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(stoppingToken);
            foreach (var fault in shelf.Faults)
                FileRefused(log, fault.ToString());
        }
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        await shelf.RefreshAsync(cancel);
        if (ReferenceEquals(opened, shelf.Funds))
            return;
        foreach (var refusal in await books.OpenAsync(shelf.Funds, cancel))
            OpeningRefused(log, refusal.Faults[0].Message.En);
        opened = shelf.Funds;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The township's files are not used, the edition before stays: {Fault}")]
    private static partial void FileRefused(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "An opening appropriation is not posted: {Reason}")]
    private static partial void OpeningRefused(ILogger logger, string reason);
}
