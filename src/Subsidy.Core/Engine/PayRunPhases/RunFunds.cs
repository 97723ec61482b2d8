using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// What a run asks of the books, in as many transactions as it needs. Answers with the positions afterwards. Nobody is rung for: a run
/// tells its applications itself, chunk by chunk.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose handle nobody asks for holds nothing that could be disposed of.
internal sealed class RunFunds(FundDesk desk)
#pragma warning restore CA1001
{
    /// <summary>
    /// The chunks of a run end in one fund-year, which takes one transaction after the other. Whoever went at it beside another would lose
    /// the race, and read twenty rows again.
    /// </summary>
    private readonly SemaphoreSlim turnstile = new(1);

    public Task<Dictionary<string, Position>> GatherAsync(PayRunId run, IEnumerable<string> entitlements, CancellationToken cancel) =>
        EachAsync(run, entitlements, some => new Gather(run.ToString(), some), cancel);

    public Task<Dictionary<string, Position>> ScatterAsync(PayRunId run, IEnumerable<string> entitlements, CancellationToken cancel) =>
        EachAsync(run, entitlements, some => new Scatter(run.ToString(), some), cancel);

    /// <summary>Commits the attempts that were approved, and no others.</summary>
    public Task<Dictionary<string, Position>> CommitAsync(PayRunId run, IEnumerable<PayLine> lines, CancellationToken cancel) => EachAsync(
        run,
        lines,
        some => new Commit(
            run.ToString(), [.. some.Select(line => line.Entitlement)], [.. some.Select(line => line.Attempt)], [.. some.Select(line => line.PayeeAt)]),
        cancel);

    public Task<Dictionary<string, Position>> AnswerAsync(PayRunId run, IEnumerable<BankAnswer> answers, CancellationToken cancel) =>
        EachAsync(run, answers, some => new Answer(run.ToString(), some), cancel);

    private async Task<Dictionary<string, Position>> EachAsync<T>(PayRunId run, IEnumerable<T> items, Func<T[], FundCommand> command, CancellationToken cancel)
    {
        var positions = new Dictionary<string, Position>();
        foreach (var some in items.Chunk(FundCommand.MostAtOnce))
            foreach (var position in await AloneAsync(run.Fund, command(some), cancel))
                positions[position.Entitlement] = position;
        return positions;
    }

    private async Task<IReadOnlyList<Position>> AloneAsync(FundKey fund, FundCommand command, CancellationToken cancel)
    {
        await turnstile.WaitAsync(cancel);
        try
        {
            return (await desk.HandleQuietlyAsync(fund, command, cancel)).Positions;
        }
        finally
        {
            turnstile.Release();
        }
    }
}
