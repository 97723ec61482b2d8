using Subsidy.Core.Applications;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>What became of a command to a fund-year.</summary>
/// <param name="Positions">The command's entitlements as the books have them afterwards; those that the books do not know are missing.</param>
public sealed record FundAnswer(Fund Fund, IReadOnlyList<Position> Positions, Refusal? Refusal)
{
    public Position? Find(string entitlement) => Positions.FirstOrDefault(position => position.Entitlement == entitlement);
}

/// <summary>Takes commands to fund-years: read, decide, one transaction; whoever loses a race decides again on what they find.</summary>
/// <param name="bell">Null where a timer alone sees to queue and news.</param>
public sealed class FundDesk(IFundBooks books, TimeProvider time, IFundBell? bell = null)
{
    /// <summary>How often a command that lost the race is decided anew before the caller is told to come again.</summary>
    private const int Attempts = 50;

    /// <exception cref="BusyException">The fund-year was changed by others all the time.</exception>
    public Task<FundAnswer> HandleAsync(FundKey key, FundCommand command, CancellationToken cancel) => HandleAsync(key, command, bell, cancel);

    /// <summary>The same without the bell, for one who sets no money free and tells the news themselves.</summary>
    /// <exception cref="BusyException">The fund-year was changed by others all the time.</exception>
    public Task<FundAnswer> HandleQuietlyAsync(FundKey key, FundCommand command, CancellationToken cancel) => HandleAsync(key, command, null, cancel);

    /// <summary>
    /// Serves the queue as far as the money goes. Whoever sets money free calls this; the patrol calls it for whoever died in between.
    /// </summary>
    public async Task<Fund> ServeAsync(FundKey key, CancellationToken cancel)
    {
        while (true)
        {
            var before = (await books.LoadAsync(key, [], null, cancel)).View.Fund;
            if (before.Waiting == 0 || before.Available <= Money.Zero)
                return before;
            var after = (await HandleAsync(key, new ServeQueue(), cancel)).Fund;
            if (after.Version == before.Version)
                return after;
        }
    }

    private async Task<FundAnswer> HandleAsync(FundKey key, FundCommand command, IFundBell? rung, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Entitlements.Count > FundCommand.MostAtOnce)
            throw new ArgumentException($"{command.Entitlements.Count} entitlements at once; a transaction takes {FundCommand.MostAtOnce}.", nameof(command));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var sheet = command is ServeQueue
                ? await books.LoadQueueAsync(key, FundCommand.MostAtOnce, cancel)
                : await books.LoadAsync(key, command.Entitlements, command.Entry, cancel);
            var decided = FundDecider.Decide(sheet.View, command, time.GetUtcNow());
            if (decided.Refusal is { } refusal)
                return new FundAnswer(sheet.View.Fund, sheet.View.Positions, refusal);
            if (decided.Unchanged(sheet.View.Fund))
                return new FundAnswer(sheet.View.Fund, sheet.View.Positions, null);
            if (await books.AppendAsync(sheet, decided, command.Entry, cancel) is { } fund)
            {
                if (decided.News.Count > 0 || fund.Waiting > 0)
                    rung?.Ring(key);
                return new FundAnswer(fund, Merge(sheet.View.Positions, decided.Positions), null);
            }
        }
        throw new BusyException(key.ToString());
    }

    private static List<Position> Merge(IReadOnlyList<Position> before, IReadOnlyList<Position> after) =>
        [.. before.Where(old => after.All(changed => changed.Entitlement != old.Entitlement)), .. after];
}
