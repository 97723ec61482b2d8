using System.Net;
using Microsoft.AspNetCore.TestHost;

namespace Subsidy.Web.Tests.Pages;

public sealed class FormTests
{
    [Fact]
    public async Task The_home_page_offers_every_scheme()
    {
        await using var app = await TestSite.StartAsync();
        var html = await app.GetTestClient().GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("外出务工一次性交通补贴", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/apply/transport-subsidy\"", html, StringComparison.Ordinal);
    }
}
