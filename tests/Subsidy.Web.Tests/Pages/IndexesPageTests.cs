using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

public sealed class IndexesPageTests
{
    private readonly Rebuilder rebuilder = new();

    [Fact]
    public async Task An_administrator_starts_a_rebuild_and_reads_how_it_went()
    {
        await using var site = await StartAsync();
        var browser = await SignInAsync(site, "wen-ruijie");

        await browser.OpenAsync("/staff/indexes");
        Assert.Equal(0, rebuilder.Begun);
        await browser.PostAsync("/staff/indexes", []);
        Assert.Equal(1, rebuilder.Begun);
        Assert.Contains("has been running since", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/staff/indexes\"", browser.Page, StringComparison.Ordinal);

        rebuilder.Last = new Rebuilding(RebuildingState.Done, site.Time.GetUtcNow(), new Rebuilt(412, 3));
        await browser.OpenAsync("/staff/indexes");
        Assert.Contains("412 rows stand, 3 were taken away", browser.Page, StringComparison.Ordinal);
        rebuilder.Last = new Rebuilding(RebuildingState.Failed, site.Time.GetUtcNow());
        await browser.OpenAsync("/staff/indexes");
        Assert.Contains("failed", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_may()
    {
        await using var site = await StartAsync();
        var browser = await SignInAsync(site, "li-dasheng");

        await browser.OpenAsync("/staff/indexes");

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task A_form_of_another_site_starts_nothing()
    {
        await using var site = await StartAsync();
        var browser = await SignInAsync(site, "wen-ruijie");

        await browser.PostAsync("/staff/indexes", [("__RequestVerificationToken", "forged")]);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(0, rebuilder.Begun);
    }

    private Task<TestSite> StartAsync() => TestSite.StartAsync(
        settings => settings.AllowLocalSignIn = true, services: all => all.AddSingleton<IIndexRebuilding>(rebuilder));

    private static async Task<Browser> SignInAsync(TestSite site, string staff)
    {
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/sign-in");
        return await browser.PostAsync("/sign-in", [("staff", staff)]);
    }

    private sealed class Rebuilder : IIndexRebuilding
    {
        public int Begun { get; private set; }

        public Rebuilding? Last { get; set; }

        public Task BeginAsync(CancellationToken cancel)
        {
            Begun++;
            Last = new Rebuilding(RebuildingState.Running, DateTimeOffset.UnixEpoch);
            return Task.CompletedTask;
        }

        public Task<Rebuilding?> LastAsync(CancellationToken cancel) => Task.FromResult(Last);
    }
}
