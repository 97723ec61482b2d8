using System.Text.RegularExpressions;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Site;

/// <summary>A pay run that is prepared, and the mails that ask for its approval.</summary>
internal static partial class Asked
{
    /// <summary>One person is owed something; returns the token of the approver's link.</summary>
    public static async Task<string> PreparedAsync(this TestSite site)
    {
        await site.AppropriateAsync(Payday.Fund, 10_000);
        await site.ApprovedAsync();
        await site.PrepareRunAsync();
        return TokenOf(site.ApprovalMails()[^1]);
    }

    public static IReadOnlyList<OutgoingMail> ApprovalMails(this TestSite site) => [.. site.Around.Sent.Where(mail => Link().IsMatch(mail.Text))];

    public static string TokenOf(OutgoingMail mail) => Link().Match(mail.Text).Groups["token"].Value;

    [GeneratedRegex("/pay-approvals/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
