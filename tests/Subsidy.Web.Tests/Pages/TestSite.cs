using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Subsidy.Web.Tests.Pages;

internal static class TestSite
{
    public static async Task<WebApplication> StartAsync()
    {
        var app = SampleSite.Build(host => host.UseTestServer());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
