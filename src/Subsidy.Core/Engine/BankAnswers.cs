using System.Security.Cryptography;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>What became of an answer of the bank.</summary>
/// <param name="Run">The run that it answers, where that is known.</param>
public sealed record AnswerReceipt(AnswerFate Fate, PayRunId? Run, Text? Why)
{
    /// <summary>For one who wanted it taken or proposed; null when it was.</summary>
    internal Refusal? Refusal => Fate switch
    {
        AnswerFate.Taken or AnswerFate.Proposed => null,
        AnswerFate.Refused => new Refusal(RefusalCode.Invalid, [new Fault("", Why!)]),
        _ => new Refusal(RefusalCode.MovedOn, [new Fault("", Why!)]),
    };
}

public enum AnswerFate
{
    /// <summary>Taken: the run goes on.</summary>
    Taken,
    /// <summary>Uploaded, and fits: it is taken when another person confirms it.</summary>
    Proposed,
    /// <summary>The same file was taken before: nothing changes.</summary>
    Repeated,
    /// <summary>Not taken, but kept and listed, with why.</summary>
    Refused,
    /// <summary>The answer before it is still being applied: it may come again in a moment.</summary>
    NotYet,
}

/// <summary>
/// Takes the bank's answers (<c>pain.002</c>), which come from outside and are not trusted. Nothing is paid or failed by a file that is
/// broken, not ours, tampered with, out of order or at odds with itself or with what was heard before.
/// </summary>
public sealed class BankAnswers(
    IPayRunBooks runs, IBankFiles files, IBankInbox inbox, IRefusedAnswers refused, PayRunDesk desk, ITownship township, TimeProvider time)
{
    /// <summary>How many of the payments that would fail are shown one by one.</summary>
    private const int MostShown = 100;

    /// <summary>A member of staff hands in an answer: another person has to confirm it.</summary>
    public Task<AnswerReceipt> UploadAsync(Stream content, string staff, CancellationToken cancel) => ProposeAsync(content, staff, null, cancel);

    /// <inheritdoc cref="AnswerProposed" path="/param[@name='Document']"/>
    internal Task<AnswerReceipt> ProposeAsync(Stream content, string staff, string? document, CancellationToken cancel) => TakeAsync(
        content, staff, [], AnswerFate.Proposed, (answer, _) => new ProposeAnswer(staff, answer.MessageId, answer.CreatedAt, answer.Sha256, document), cancel);

    /// <summary>Another person confirms what was uploaded: it is taken, where it still fits. Null when it was.</summary>
    /// <param name="sha256">Of what they were shown.</param>
    public async Task<Refusal?> ConfirmAsync(PayRunId id, string sha256, string staff, CancellationToken cancel)
    {
        if (await runs.LoadAsync(id, cancel) is not { Run: var run })
            return Refusal.Of(RefusalCode.NotFound, "没有这个发放批次。", "There is no such pay run.");
        // Whether they may is said before the file is read.
        if (PayRunDecider.Decide(run, new ConfirmAnswer(staff, sha256, run.Answers), township.Register, time.GetUtcNow()).Refusal is { } refusal)
            return refusal;
        await using var content = await files.OpenAsync(id, sha256, cancel);
        return (await TakeAsync(content, run.Proposed!.Staff, [], AnswerFate.Taken, (answer, before) => new ConfirmAnswer(staff, answer.Sha256, before), cancel)).Refusal;
    }

    /// <summary>What the answer that waits for confirmation would change, for who confirms it. Null when none waits.</summary>
    public async Task<AnswerPreview?> PreviewAsync(PayRunId id, CancellationToken cancel)
    {
        if (await runs.LoadAsync(id, cancel) is not { Run.Proposed: { } proposed } sheet)
            return null;
        var statusOf = (await files.ReadAsync(id, proposed.Sha256, cancel)).StatusByEndToEndId();
        var proposal = await runs.ReadAsync(id, cancel).Select(stored => stored.Recorded.Event).OfType<AnswerProposed>()
            .LastAsync(one => one.Sha256 == proposed.Sha256, cancel);
        var preview = new AnswerPreview(proposed, proposal.Document);
        await foreach (var chunk in runs.ChunksAsync(sheet, cancel))
            preview = chunk.Included.Aggregate(preview, (next, line) => next.With(line, BankWord.Of(line, statusOf(line.EndToEndId)), MostShown));
        return preview;
    }

    /// <summary>
    /// Takes all that lies in the inbox, the oldest first, whatever they are called; what is to come again stays there. One that fails keeps
    /// no other waiting, but for those to the same run, which are not to overtake it.
    /// </summary>
    /// <param name="told">Is told of each that was read, before it leaves the inbox.</param>
    /// <exception cref="AggregateException">Some failed; all others were read.</exception>
    public async Task EmptyInboxAsync(Func<AnswerReceipt, Task> told, CancellationToken cancel)
    {
        var failures = new List<Exception>();
        var waiting = new HashSet<PayRunId>();
        var heads = new List<(string Name, PaymentStatusHead? Head)>();
        foreach (var name in await inbox.ListAsync(cancel))
            await TryAsync(async () => heads.Add((name, await HeadAsync(name, cancel))));
        foreach (var (name, head) in heads.OrderBy(one => one.Head?.CreatedAt))
            await TryAsync(() => ReceiveAsync(name, head, waiting, told, cancel));
        if (failures.Count > 0)
            throw new AggregateException("Not every answer in the inbox could be read, told of and removed.", failures);

        async Task TryAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
#pragma warning disable CA1031 // One file's trouble must not keep the others waiting; all of it is told at the end.
            catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failures.Add(failure);
            }
        }
    }

    /// <returns>Null when it is gone, or cannot be read; then whoever reads all of it finds out.</returns>
    private async Task<PaymentStatusHead?> HeadAsync(string name, CancellationToken cancel)
    {
        await using var file = await inbox.OpenAsync(name, cancel);
        return file is null ? null : await PaymentStatusReportReader.ReadHeadAsync(file.Content, cancel);
    }

    private async Task ReceiveAsync(
        string name, PaymentStatusHead? head, HashSet<PayRunId> waiting, Func<AnswerReceipt, Task> told, CancellationToken cancel)
    {
        await using var file = await inbox.OpenAsync(name, cancel);
        if (file is null)
            return;
        AnswerReceipt receipt;
        try
        {
            receipt = await TakeAsync(
                file.Content, name, waiting, AnswerFate.Taken, (answer, before) => new TakeAnswer(answer.MessageId, answer.CreatedAt, answer.Sha256, before), cancel);
        }
        catch
        {
            if (head is not null && PayRunId.Parse(head.OriginalMessageId) is { } failed)
                waiting.Add(failed);
            throw;
        }
        if (receipt is { Fate: AnswerFate.NotYet, Run: { } run })
            waiting.Add(run);
        await told(receipt);
        if (receipt.Fate is not AnswerFate.NotYet)
            await inbox.RemoveAsync(file, cancel);
    }

    /// <param name="waiting">Runs to which an answer lies before this one: it is not to overtake that, which would then be the older.</param>
    /// <param name="fate">Of one that fits.</param>
    /// <param name="how">What is asked of the run then; told how many answers had been taken before.</param>
    private async Task<AnswerReceipt> TakeAsync(
        Stream content, string source, HashSet<PayRunId> waiting, AnswerFate fate, Func<FittingAnswer, int, PayRunCommand> how, CancellationToken cancel)
    {
        using var bytes = await ReadAsync(content, cancel);
        if (bytes is null)
        {
            var tooLarge = new Text("文件太大。", "The file is too large.");
            await refused.AddAsync(new RefusedAnswer("", time.GetUtcNow(), source, "", PaymentStatusReportReader.DefaultMaxBytes + 1, tooLarge), cancel);
            return new AnswerReceipt(AnswerFate.Refused, null, tooLarge);
        }
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(Again(bytes), cancel));
        var reading = await PaymentStatusReportReader.ReadAsync(Again(bytes), cancellation: cancel);
        if (reading.Report is not { } report)
            return await RefuseAsync(bytes, sha256, source, null, reading.Refusal!, cancel);
        if (PayRunId.Parse(report.OriginalMessageId) is not { } id || await runs.LoadAsync(id, cancel) is not { } sheet)
            return await RefuseAsync(bytes, sha256, source, null, new("回执答复的不是本系统的批次。", "The answer is not to a pay run of this system."), cancel);
        if (await runs.AnswerAsync(id, report.MessageId, cancel) is { } known)
        {
            return known == sha256
                ? new AnswerReceipt(AnswerFate.Repeated, id, new("这份回执已经读入过，没有任何变化。", "This answer was taken before. Nothing has changed."))
                : await RefuseAsync(
                    bytes, sha256, source, id, new("报文编号相同的回执已经读入过，但内容不同。", "Another answer with this message id was taken before, with other content."), cancel);
        }
        if (sheet.Run.Answer is not null || waiting.Contains(id))
            return new AnswerReceipt(AnswerFate.NotYet, id, new("上一份回执还在处理，请稍后再试。", "The answer before is still being applied. Please try again in a moment."));
        if (await FaultAsync(sheet, report, cancel) is { } fault)
            return await RefuseAsync(bytes, sha256, source, id, fault, cancel);

        await files.PutAsync(BankFileNames.Answer(id, sha256), Again(bytes), cancel);
        var taken = await desk.HandleAsync(id, how(new FittingAnswer(report.MessageId, report.CreatedAt, sha256), sheet.Run.Answers), cancel);
        return taken.Refusal is null
            ? new AnswerReceipt(fate, id, null)
            // Another answer was faster, or is to be confirmed first. Whether this one still fits is to be looked at anew.
            : new AnswerReceipt(AnswerFate.NotYet, id, taken.Refusal.Faults[0].Message);
    }

    private async Task<Text?> FaultAsync(PayRunSheet sheet, PaymentStatusReport report, CancellationToken cancel)
    {
        var check = new AnswerCheck(sheet.Run, report, time.GetUtcNow());
        if (check.Totals() is { } fault)
            return fault;
        await foreach (var chunk in runs.ChunksAsync(sheet, cancel))
            foreach (var line in chunk.Included)
                if (check.Next(line) is { } wrong)
                    return wrong;
        return check.Rest();
    }

    private async Task<AnswerReceipt> RefuseAsync(MemoryStream bytes, string sha256, string source, PayRunId? run, Text why, CancellationToken cancel)
    {
        var name = BankFileNames.Refused(sha256);
        var length = bytes.Length;
        await files.PutAsync(name, Again(bytes), cancel);
        await refused.AddAsync(new RefusedAnswer(name, time.GetUtcNow(), source, sha256, length, why), cancel);
        return new AnswerReceipt(AnswerFate.Refused, run, why);
    }

    /// <returns>Null when there is more than a report may have.</returns>
    private static async Task<MemoryStream?> ReadAsync(Stream content, CancellationToken cancel)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int length; (length = await content.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + length > PaymentStatusReportReader.DefaultMaxBytes)
                return null;
            bytes.Write(buffer, 0, length);
        }
        return bytes;
    }

    /// <summary>From its beginning, without a second copy of what may be some ten megabytes.</summary>
    private static MemoryStream Again(MemoryStream bytes) => new(bytes.GetBuffer(), 0, (int)bytes.Length, writable: false);

    private readonly record struct FittingAnswer(string MessageId, DateTimeOffset CreatedAt, string Sha256);
}
