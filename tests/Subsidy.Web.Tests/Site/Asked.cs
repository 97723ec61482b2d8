using System.Text.RegularExpressions;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Site;

/// <summary>A pay run that is prepared, and the mails that ask for its approval.</summary>
internal static partial class Asked
{
    public const string Preparer = "qian-duoduo";
    public const string Approver = "bao-qingtian";

    public static readonly PayRunId Run = new(Payday.Fund, 1);

    /// <summary>One person is owed something; returns the token of the approver's link.</summary>
    public static async Task<string> PreparedAsync(this TestSite site)
    {
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await OpenAsync(site);
        return TokenOf(site.ApprovalMails()[^1]);
    }

    public static async Task OpenAsync(TestSite site)
    {
        var opened = await site.Get<PayRunDesk>().OpenAsync(Preparer, Payday.Fund, new DateOnly(2026, 4, 1), Calls.Key, TestContext.Current.CancellationToken);
        Assert.Null(opened.Refusal);
        await CarryOnAsync(site);
    }

    /// <summary>What the engine does.</summary>
    public static Task<PayRun?> CarryOnAsync(TestSite site) => site.Get<PayRuns>().RunToEndAsync(Run, 1, TestContext.Current.CancellationToken);

    public static async Task<PayRun> RunAsync(this TestSite site) => (await site.Get<PayRunDesk>().FindAsync(Run, TestContext.Current.CancellationToken))!;

    public static IReadOnlyList<OutgoingMail> ApprovalMails(this TestSite site) => [.. site.Around.Sent.Where(mail => Link().IsMatch(mail.Text))];

    public static string TokenOf(OutgoingMail mail) => Link().Match(mail.Text).Groups["token"].Value;

    [GeneratedRegex("/pay-approvals/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
