using Subsidy.Core.Engine;
using Subsidy.Storage.Schemes;
using Subsidy.Storage.Township;

namespace Subsidy.Local;

/// <summary>Puts the township's files and schemes where both heads read them, and opens the funds' books, before anything is served.</summary>
internal sealed class TownshipStart(TownshipShelf shelf, OpeningBooks books) : IHostedService
{
    /// <exception cref="CannotStartException">A file has a fault; the message names file, line and what would be right.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await shelf.UploadAsync(LocalHead.Township, LocalHead.Schemes, cancellationToken);
            await shelf.RefreshAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is TownshipFilesException or SchemeEditionException)
        {
            throw new CannotStartException(fault.Message, fault);
        }
        if (shelf.Faults.Count > 0)
            throw new CannotStartException(string.Join(Environment.NewLine, shelf.Faults));
        if (await books.OpenAsync(shelf.Funds, cancellationToken) is [var refusal, ..])
            throw new CannotStartException(refusal.Faults[0].Message.En);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
