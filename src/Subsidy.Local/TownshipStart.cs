using Subsidy.Storage.Schemes;
using Subsidy.Storage.Township;

namespace Subsidy.Local;

/// <summary>Puts the township's files and schemes where both heads read them, before anything is served.</summary>
internal sealed class TownshipStart(TownshipShelf shelf) : IHostedService
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
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
