using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>What became of a command to a pay run.</summary>
/// <param name="Run">Afterwards; null when there is none.</param>
public sealed record PayRunAnswer(PayRun? Run, IReadOnlyList<PayRunRecorded> Events, Refusal? Refusal);

/// <summary>Takes commands to pay runs: read, decide, one transaction; whoever loses a race decides again on what they find.</summary>
public sealed class PayRunDesk(IPayRunBooks runs, ITownship township, IFundRegister funds, IPayRunNudges nudges, TimeProvider time)
{
    private const int Attempts = 20;

    public async Task<PayRun?> FindAsync(PayRunId run, CancellationToken cancel) => (await runs.LoadAsync(run, cancel))?.Run;

    /// <summary>The runs of a fund-year, the latest first.</summary>
    public async Task<IReadOnlyList<PayRun>> AllAsync(FundKey fund, CancellationToken cancel)
    {
        var found = new List<PayRun>();
        foreach (var id in await runs.AllAsync(fund, cancel))
            if (await FindAsync(id, cancel) is { } run)
                found.Add(run);
        return found;
    }

    /// <summary>Opens a pay run over what is due up to that day; or finds the one that was opened with that key already.</summary>
    /// <param name="key">Chosen at random for this opening.</param>
    public async Task<PayRunAnswer> OpenAsync(string staff, FundKey fund, DateOnly until, string key, CancellationToken cancel)
    {
        if (funds.Funds.FirstOrDefault(one => one.Id == fund.Code) is not { } source)
            return new PayRunAnswer(null, [], Refusal.Of(RefusalCode.NotFound, $"没有资金“{fund.Code}”。", $"There is no fund '{fund.Code}'."));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Refused before a number is taken: a run that nobody may open leaves no number unused.
            var trial = PayRunDecider.Decide(null, new OpenRun(staff, new PayRunId(fund, 1), until, source.Debtor, key), township.Register, time.GetUtcNow());
            if (trial.Refusal is { } refusal)
                return new PayRunAnswer(null, [], refusal);
            var id = await runs.NumberAsync(fund, key, cancel);
            var there = (await runs.LoadAsync(id, cancel))?.Run;
            if (there is not null && there.Key != key)
                continue; // Another was faster; the number is theirs.
            var decided = PayRunDecider.Decide(there, new OpenRun(staff, id, until, source.Debtor, key), township.Register, time.GetUtcNow());
            if (there is not null)
                return new PayRunAnswer(there, [], decided.Refusal);
            if (await runs.AppendAsync(null, decided.Run!, decided.Events, null, cancel) is { } opened)
            {
                await nudges.NudgeAsync(id, cancel);
                return new PayRunAnswer(opened.Run, decided.Events, null);
            }
        }
        throw new BusyException(fund.ToString());
    }

    /// <exception cref="BusyException">The run was changed by others all the time.</exception>
    public async Task<PayRunAnswer> HandleAsync(PayRunId id, PayRunCommand command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var sheet = await runs.LoadAsync(id, cancel);
            var decided = PayRunDecider.Decide(sheet?.Run, command, township.Register, time.GetUtcNow());
            if (decided.Refusal is not null || decided.Events.Count == 0)
                return new PayRunAnswer(sheet?.Run, [], decided.Refusal);
            if (await runs.AppendAsync(sheet, decided.Run!, decided.Events, null, cancel) is not { } next)
                continue;
            if (command.Actor.Kind is not ActorKind.Engine)
                await nudges.NudgeAsync(id, cancel);
            return new PayRunAnswer(next.Run, decided.Events, null);
        }
        throw new BusyException(id.ToString());
    }

    /// <summary>A command that changes a chunk in the same transaction. False, and nothing written, when run or chunk have moved.</summary>
    internal async Task<(bool Written, Refusal? Refusal)> HandleAsync(PayRunId id, PayRunCommand command, ChunkChange change, CancellationToken cancel)
    {
        var sheet = await runs.LoadAsync(id, cancel);
        var decided = PayRunDecider.Decide(sheet?.Run, command, township.Register, time.GetUtcNow());
        if (decided.Refusal is not null || decided.Events.Count == 0)
            return (false, decided.Refusal);
        return (await runs.AppendAsync(sheet, decided.Run!, decided.Events, change, cancel) is not null, null);
    }

    internal DateTimeOffset Now => time.GetUtcNow();

    internal DateOnly Today => ChinaTime.DateOf(Now);
}
