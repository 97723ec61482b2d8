using Subsidy.Core.Bank;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Applies the bank's answer that was taken last: the books first, then the chunk, then the applications.</summary>
internal sealed class Answering(IBankFiles files, RunFunds funds, FundNewsDelivery news) : IChunkPhase
{
    /// <summary>The report read last: every chunk of a run asks for the same. Those that ask first and at once read it each.</summary>
    private volatile KnownReport? read;

    public bool IsDone(PayRun run, ChunkState state, int answer) => answer >= run.Answer!.Number;

    public async Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel)
    {
        var statusOf = await ReadAsync(run, cancel);
        var answers = chunk.Included.ToDictionary(line => line.Entitlement, line => BankWord.Of(line, statusOf(line.EndToEndId)));
        var positions = await funds.AnswerAsync(
            run.Id,
            from line in chunk.Included
            where answers[line.Entitlement].Changes(line)
            select new BankAnswer(line.Entitlement, line.Attempt, answers[line.Entitlement].Code),
            cancel);
        return chunk with
        {
            Answer = run.Answer!.Number,
            Lines = [.. chunk.Lines.Select(line => line.Included && answers[line.Entitlement].Changes(line)
                ? Apply(run, line, answers[line.Entitlement], positions.GetValueOrDefault(line.Entitlement))
                : line)],
        };
    }

    public Task TellAsync(PayRun run, PayChunk chunk, CancellationToken cancel) =>
        news.TellAsync(run.Id.Fund, [.. chunk.Included.Select(line => line.Entitlement)], cancel);

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) =>
        Task.FromResult<PayRunCommand>(new EndAnswering(run.Answer!.Number, Total.Merge(chunks.Select(chunk => chunk.Outcomes))));

    /// <summary>Whether the books say what the bank has said.</summary>
    public static bool IsTaken(PayRun run, PayLine line, LineOutcome said, Position? position)
    {
        var ours = position is not null && position.Run == run.Id.ToString() && position.Attempt == line.Attempt;
        return said is LineOutcome.Settled
            ? ours && position!.State is PositionState.Paid
            // Once it has failed it may be tried again, given up or carried over at any moment.
            : !(ours && position!.State is PositionState.Paid or PositionState.Committed);
    }

    /// <summary>What the books did not take, because part of the money has been recovered from the payee already, is for a person.</summary>
    private static PayLine Apply(PayRun run, PayLine line, BankWord word, Position? position) =>
        line with { Outcome = IsTaken(run, line, word.Outcome, position) ? word.Outcome : LineOutcome.Disputed, Code = word.Code };

    private async Task<Func<string, ReportedStatus?>> ReadAsync(PayRun run, CancellationToken cancel)
    {
        var sha256 = run.Answer!.Sha256;
        if (read is { } known && known.Sha256 == sha256)
            return known.StatusOf;
        var statusOf = (await files.ReadAsync(run.Id, sha256, cancel)).StatusByEndToEndId();
        read = new KnownReport(sha256, statusOf);
        return statusOf;
    }

    /// <summary>One object, so that nobody ever sees one report's name with another's content.</summary>
    private sealed record KnownReport(string Sha256, Func<string, ReportedStatus?> StatusOf);
}
