using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>What the bank has said of one payment in a letter, a statement or on the telephone.</summary>
/// <param name="Payment">Reference of the application, or the payment's end-to-end id.</param>
/// <param name="Code">Why it was not paid, or came back; null when it was paid.</param>
/// <param name="Document">Where it says so.</param>
public sealed record SpokenAnswer(string Payment, string? Code, string Document);

/// <summary>
/// Enters by hand what the bank says of a payment for which it sends no answer. It becomes a file like any other, and another person has to
/// confirm it.
/// </summary>
public sealed class SpokenAnswers(IPayRunBooks runs, BankAnswers answers)
{
    private const int MaxDocument = 200;

    public async Task<Refusal?> EnterAsync(PayRunId id, SpokenAnswer answer, string staff, CancellationToken cancel)
    {
        if (await runs.LoadAsync(id, cancel) is not { Run: { Ordered: { } order } run } sheet)
            return Refusal.Of(RefusalCode.NotFound, "批次没有发送过银行。", "The pay run was never sent to the bank.");
        var faults = new List<Fault>();
        var lines = await FindAsync(sheet, answer.Payment.Trim(), cancel);
        if (lines.Count != 1)
            faults.Add(new Fault("/payment", NotOne(lines)));
        if (answer.Code is { } code && ReasonCodes.Known.All(known => known.Code != code))
            faults.Add(new Fault("/code", new Text("请选择原因。", "Please choose a reason.")));
        if (answer.Document is not { Length: > 0 and <= MaxDocument })
            faults.Add(new Fault("/document", new Text("请写明银行的凭据，不超过200字。", "Please say where the bank says so, in up to 200 characters.")));
        if (faults.Count > 0)
            return Refusal.Invalid([.. faults]);
        var status = answer.Code is null ? new ReportedStatus("ACSC") : new ReportedStatus("RJCT", [new StatusReason(answer.Code)]);
        if (!BankWord.Of(lines[0], status).Changes(lines[0]))
        {
            return Refusal.Invalid(new Fault("/payment", new Text(
                "这样录入不会改变这笔款项：它已有结果，或原因是“重复”。", "That would change nothing about this payment: it is answered, or the reason is a repetition.")));
        }

        // As old as what was heard last: what the bank has made meanwhile, and not sent yet, is not older than this.
        var report = new PaymentStatusReport(
            $"BY-HAND-{run.Version}", run.AnsweredAt ?? order.At, id.ToString(), null, [new TransactionStatus(lines[0].EndToEndId, status)], order.Total.Count, order.Total.Sum);
        using var file = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, file, cancel);
        file.Position = 0;
        return (await answers.ProposeAsync(file, staff, answer.Document, cancel)).Refusal;
    }

    private async Task<List<PayLine>> FindAsync(PayRunSheet sheet, string payment, CancellationToken cancel)
    {
        var application = Reference.ToId(payment);
        return await runs.ChunksAsync(sheet, cancel).SelectMany(chunk => chunk.Included)
            .Where(line => line.EndToEndId == payment || line.Application == application).ToListAsync(cancel);
    }

    private static Text NotOne(List<PayLine> lines)
    {
        if (lines.Count == 0)
            return new("批次中没有这笔款项，请核对申请编号。", "There is no such payment in the run. Please check the reference.");
        var ids = string.Join(", ", lines.Select(line => line.EndToEndId));
        return new($"这份申请在批次中有多笔款项，请填写其中一笔的编号：{ids}。", $"The run has several payments for this application. Please give the id of one of them: {ids}.");
    }
}
