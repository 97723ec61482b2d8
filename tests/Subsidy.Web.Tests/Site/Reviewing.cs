using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Site;

/// <summary>What reviewers do with the links in their mails.</summary>
internal static partial class Reviewing
{
    public static readonly JsonObject VillageApproves = new() { ["decision"] = "approve", ["checklist"] = new JsonArray("known", "away", "notTwice") };

    /// <summary>Tokens of all decision links that went out, in order.</summary>
    public static IReadOnlyList<string> Tokens(this TestSite site) =>
        [.. site.Around.Sent.Select(mail => Link().Match(mail.Text)).Where(match => match.Success).Select(match => match.Groups["token"].Value)];

    /// <summary>Takes a turn, and returns the latest link.</summary>
    public static async Task<string> InvitationAsync(this TestSite site, Filed filed)
    {
        await site.TurnAsync(filed.Id);
        return site.Tokens()[^1];
    }

    public static async Task<HttpResponseMessage> DecideAsync(this TestSite site, string token, JsonObject decision, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/decisions/{token}") { Content = content ?? Calls.Json(decision) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static JsonObject At(this JsonObject decision, TestSite site, Filed filed)
    {
        var copy = (JsonObject)decision.DeepClone();
        copy["at"] = site.Streams.EventsOf(filed.Id)[^1].Number;
        return copy;
    }

    public static IEnumerable<OutgoingMail> To(this IEnumerable<OutgoingMail> mails, string address) => mails.Where(mail => mail.To == address);

    [GeneratedRegex("/decisions/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
