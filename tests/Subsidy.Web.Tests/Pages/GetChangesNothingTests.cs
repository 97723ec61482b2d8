using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>DESIGN, promise 1: opening an address never changes anything. Every route that answers GET is opened, by everybody.</summary>
public sealed partial class GetChangesNothingTests
{
    private static readonly PayRunId Run = PayRunWalk.Run;

    [Fact]
    public async Task Whatever_is_opened_by_whomever_stays_as_it_is()
    {
        await using var site = await TestSite.StartAsync(web => web.AllowLocalSignIn = true);
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        Assert.Equal(PayRunState.Prepared, (await site.PrepareRunAsync()).State);
        var paths = site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Select(route => Filled(site, filed, route.RoutePattern.RawText!)).ToList();
        Assert.Contains($"/finance/runs/{Run}", paths);
        Assert.Contains(paths, path => path.StartsWith("/pay-approvals/", StringComparison.Ordinal));

        var opened = new HashSet<string>();
        await OpenAllAsync();
        // The page of an uploaded answer is there while one waits.
        await site.SendRunAsync();
        await site.HandInAsync();
        await OpenAllAsync();
        // What nobody could open proves nothing.
        Assert.Equal([], paths.Where(Money).Except(opened));

        async Task OpenAllAsync()
        {
            var before = State(site);
            foreach (var staff in new[] { null, "qian-duoduo", "bao-qingtian", "yan-ming", "wen-ruijie" })
            {
                var browser = staff is null ? new Browser(site) : await Browser.SignedInAsync(site, staff);
                foreach (var path in paths)
                {
                    await browser.OpenAsync(path);
                    if (browser.Status is HttpStatusCode.OK && browser.Address.AbsolutePath == path)
                        opened.Add(path);
                    Assert.Equal(before, State(site));
                }
            }
        }
    }

    /// <summary>Signed in is not enough: a page of another site could send what the browser has the cookies for.</summary>
    [Fact]
    public async Task No_page_of_the_finance_office_is_open_to_somebody_unknown_and_no_form_of_it_is_taken_from_elsewhere()
    {
        await using var site = await TestSite.StartAsync(web => web.AllowLocalSignIn = true);
        await site.AppropriateAsync(Payday.Fund, 10_000);
        var filed = await site.ApprovedAsync();
        var digest = (await site.PrepareRunAsync()).Prepared!.Digest;
        List<string> Paths(string method) =>
        [
            .. site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) is true)
                .Select(route => Filled(site, filed, route.RoutePattern.RawText!)).Where(path => path.StartsWith("/finance", StringComparison.Ordinal)),
        ];
        var forms = Paths("POST");
        Assert.Contains($"/finance/runs/{Run}/approval", forms);

        var before = State(site);
        foreach (var path in Paths("GET"))
            Assert.Equal("/sign-in", (await new Browser(site).OpenAsync(path)).Address.AbsolutePath);
        foreach (var staff in new[] { null, "qian-duoduo", "bao-qingtian", "yan-ming", "wen-ruijie" })
        {
            foreach (var path in forms)
            {
                var browser = staff is null ? new Browser(site) : await Browser.SignedInAsync(site, staff);
                await browser.PostAsync(path, [("digest", digest), ("reason", "because"), ("confirm", "yes"), ("kind", "PaymentOrder")]);
                Assert.True(
                    browser.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{path} answers {staff} with {browser.Status}.");
                Assert.Equal(before, State(site));
            }
        }
    }

    /// <summary>The pages of one case depend on its scheme and state, and the auditor's read stored ledgers, which are not here.</summary>
    private static bool Money(string path) =>
        path.StartsWith("/pay-approvals/", StringComparison.Ordinal)
        || (path.StartsWith("/finance/", StringComparison.Ordinal) && !path.StartsWith("/finance/cases/", StringComparison.Ordinal)
            && !path.EndsWith("/check", StringComparison.Ordinal) && !path.EndsWith(".jsonl", StringComparison.Ordinal));

    private static string Filled(TestSite site, Filed filed, string pattern)
    {
        var words = site.Around.Sent.SelectMany(mail => mail.Text.Split((char[])[' ', '\n', '\r'])).ToList();
        return Parameter().Replace("/" + pattern.TrimStart('/'), parameter => parameter.Groups["name"].Value switch
        {
            "id" when pattern.Contains("schemes", StringComparison.Ordinal) => "transport-subsidy",
            "id" when pattern.StartsWith("/staff", StringComparison.Ordinal) => "yan-ming",
            "id" => filed.Id,
            "scheme" => "transport-subsidy",
            "name" => Payday.Fund.ToString(),
            "run" => Run.ToString(),
            "order" => "stop",
            "number" => "7",
            "format" => "xlsx",
            "token" => words.FirstOrDefault(word => word.Contains($"/{pattern.Split('/')[1]}/", StringComparison.Ordinal))?.Split('/')[^1] ?? "none",
            _ => "none",
        });
    }

    /// <summary>Everything that the ports in memory keep.</summary>
    private static string State(TestSite site) => JsonSerializer.Serialize(new
    {
        Applications = site.Streams.Applications.Select(application => (object)new { application.Id, application.Version, application.Status }),
        Events = site.Streams.Ids.Select(id => site.Streams.EventsOf(id).Count),
        Books = new { site.Books.Of(Payday.Fund).Turn, site.Books.Of(Payday.Fund).Entries.Count },
        Runs = site.Runs.EventsOf(Run).Count,
        Mails = site.Around.Sent.Count,
    });

    [GeneratedRegex(@"\{\**(?<name>[a-zA-Z]+)[^}]*\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
