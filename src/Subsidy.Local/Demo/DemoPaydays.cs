using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Local.Bank;
using Subsidy.Local.Running;

namespace Subsidy.Local.Demo;

/// <summary>
/// The finance office of the demonstration: the petty fund gets cash; two runs are paid, one payment of the first is rejected; a third is with the bank; and a fund
/// is cut, so that whoever is granted something afterwards waits.
/// </summary>
internal sealed class DemoPaydays(PayRunDesk desk, PayRunFiles files, SimulatedBank bank, FundDesk funds, IFundBooks books, Rest rest, TimeProvider time)
{
    private const string Revitalisation = "rural-revitalisation";
    private const string Relief = "relief";

    /// <summary>Id of the member of staff who prepares.</summary>
    public const string Preparer = "qian-duoduo";
    private const string Approver = "bao-qingtian";

    private PayRunId? sent;

    public async Task OnDayAsync(int day, CancellationToken cancel)
    {
        switch (day)
        {
            case 45:
                sent = await PayAsync(Revitalisation, cancel);
                break;
            case 47 or 64 when sent is { } run:
                await AnswerAsync(run, rejectFirst: day == 47, cancel);
                break;
            case 49:
                await AdvanceAsync(Money.FromYuan(5000), cancel);
                break;
            case 62:
                sent = await PayAsync(Relief, cancel);
                break;
            case 67:
                await CutAsync(leave: Money.FromYuan(500), cancel);
                break;
            case 78:
                await PayAsync(Relief, cancel);
                break;
        }
    }

    /// <returns>Null when there was nothing to pay.</returns>
    private async Task<PayRunId?> PayAsync(string fund, CancellationToken cancel)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var opened = await desk.OpenAsync(Preparer, new FundKey(fund, today.Year), today, $"demonstration-{today:O}", cancel);
        if (opened.Refusal is { } refusal)
            throw Refused(refusal);
        var run = opened.Run!.Id;
        await rest.CatchUpAsync(cancel);
        if ((await desk.FindAsync(run, cancel))?.Prepared is not { Included.Count: > 0 } prepared)
        {
            await SayAsync(run, new DiscardRun(Preparer, "本期没有应发款项。"), cancel);
            return null;
        }
        await SayAsync(run, new ApproveRun(Approver, prepared.Digest), cancel);
        if ((await files.DownloadAsync(run, BankFileKind.PaymentOrder, Preparer, cancel)).Refusal is { } why)
            throw Refused(why);
        return run;
    }

    private async Task AnswerAsync(PayRunId run, bool rejectFirst, CancellationToken cancel)
    {
        var file = (await bank.FilesAsync(cancel)).First(one => one.Run == run);
        var order = rejectFirst
            ? new BankAnswerOrder(run.ToString(), BankDeed.Reject, [file.Transfers[0].Transfer.EndToEndId], "AC04")
            : new BankAnswerOrder(run.ToString(), BankDeed.Accept);
        if (await bank.AnswerAsync(order, cancel) is { } why)
            throw new InvalidOperationException($"The demonstration's bank refused: {why.En}");
        await rest.CatchUpAsync(cancel);
    }

    private async Task CutAsync(Money leave, CancellationToken cancel)
    {
        var key = new FundKey(Relief, ChinaTime.DateOf(time.GetUtcNow()).Year);
        var available = (await books.LoadAsync(key, [], null, cancel)).View.Fund.Available;
        if (available <= leave)
            return;
        var answer = await funds.HandleAsync(key, new Appropriate(Actor.Staff(Approver), "demonstration-cut", leave - available, "青财预〔样例〕9号（年中调减）"), cancel);
        if (answer.Refusal is { } refusal)
            throw Refused(refusal);
    }

    /// <summary>Cash for the box of the relief fund.</summary>
    private async Task AdvanceAsync(Money amount, CancellationToken cancel)
    {
        var key = new FundKey(Relief, ChinaTime.DateOf(time.GetUtcNow()).Year);
        var answer = await funds.HandleAsync(key, new AdvancePetty(Actor.Staff(Preparer), "demonstration-petty", amount, "支票〔样例〕1号"), cancel);
        if (answer.Refusal is { } refusal)
            throw Refused(refusal);
    }

    private async Task SayAsync(PayRunId run, PayRunCommand command, CancellationToken cancel)
    {
        var answer = await desk.HandleAsync(run, command, cancel);
        if (answer.Refusal is { } refusal)
            throw Refused(refusal);
        await rest.CatchUpAsync(cancel);
    }

    private static InvalidOperationException Refused(Refusal refusal) =>
        new($"The demonstration was refused: {string.Join(' ', refusal.Faults.Select(fault => fault.Message.En))}");
}
