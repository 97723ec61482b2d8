using Subsidy.Core.Bank;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Web.Tests.Site;

/// <summary>The first pay run of the fund, over one payment of 600 yuan: prepared by one, approved by another, answered by the bank.</summary>
internal static class PayRunWalk
{
    public const string Preparer = "qian-duoduo";
    public const string Approver = "bao-qingtian";

    public static readonly PayRunId Run = new(Payday.Fund, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PayRun> RunAsync(this TestSite site) => (await site.Get<PayRunDesk>().FindAsync(Run, Cancel))!;

    /// <summary>What the engine does.</summary>
    public static Task<PayRun?> CarryOnAsync(this TestSite site) => site.Get<PayRuns>().RunToEndAsync(Run, 1, Cancel);

    public static async Task<PayRun> PrepareRunAsync(this TestSite site)
    {
        Assert.Null((await site.Get<PayRunDesk>().OpenAsync(Preparer, Payday.Fund, new DateOnly(2026, 4, 1), Calls.Key, Cancel)).Refusal);
        return (await site.CarryOnAsync())!;
    }

    public static async Task SendRunAsync(this TestSite site)
    {
        var digest = (await site.PrepareRunAsync()).Prepared!.Digest;
        Assert.Null((await site.Get<PayRunDesk>().HandleAsync(Run, new ApproveRun(Approver, digest), Cancel)).Refusal);
        Assert.Equal(PayRunState.Sent, (await site.CarryOnAsync())!.State);
    }

    /// <param name="group">What the bank says of the whole run; null: settled.</param>
    public static async Task<byte[]> AnswerFileAsync(this TestSite site, ReportedStatus? group = null)
    {
        using var xml = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(
            new PaymentStatusReport("BANK-1", site.Time.GetUtcNow(), Run.ToString(), group ?? new ReportedStatus("ACSC"), [], 1, new(60000)), xml, Cancel);
        return xml.ToArray();
    }

    /// <summary>Somebody uploads what the bank says.</summary>
    /// <inheritdoc cref="AnswerFileAsync" path="/param[@name='group']"/>
    public static async Task HandInAsync(this TestSite site, ReportedStatus? group = null) => Assert.Equal(
        AnswerFate.Proposed, (await site.Get<BankAnswers>().UploadAsync(new MemoryStream(await site.AnswerFileAsync(group)), Preparer, Cancel)).Fate);

    /// <summary>Somebody uploads what the bank says, and another confirms it.</summary>
    public static async Task AnswerRunAsync(this TestSite site)
    {
        await site.HandInAsync();
        Assert.Null(await site.Get<BankAnswers>().ConfirmAsync(Run, (await site.RunAsync()).Proposed!.Sha256, Approver, Cancel));
        await site.CarryOnAsync();
    }
}
