using System.Net;
using System.Text.Json.Nodes;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_names_every_call_with_its_answers()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Http.GetAsync("/openapi.json", TestContext.Current.CancellationToken);

        var document = await response.JsonAsync(HttpStatusCode.OK);
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        foreach (var path in new[]
                 {
                     "/api/schemes", "/api/schemes/{id}", "/api/applications", "/api/applications/{id}", "/api/applications/{id}/papers/{paper}",
                     "/api/drafts", "/api/applications/{id}/papers/{kind}/{number}", "/api/applications/{id}/submission",
                     "/api/applications/{id}/amendments", "/api/applications/{id}/withdrawal", "/api/applications/{id}/appeal",
                     "/api/applications/{id}/requests", "/api/applications/{id}/payee", "/api/notices/{id}/objections", "/decisions/{token}", "/decisions/{token}/papers/{paper}",
                     "/pay-approvals/{token}",
                     "/api/mail-events", "/api/audit/applications/{id}/history",
                 })
            Assert.True(paths.ContainsKey(path), path);
        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty(operation!["summary"]?.GetValue<string>()), $"{method} {path} has no summary");
                foreach (var (status, answer) in operation["responses"]!.AsObject())
                    Assert.True(answer!["description"]!.GetValue<string>().Length > 4, $"{method} {path} does not describe {status}");
            }
        }
    }

    [Fact]
    public async Task Errors_are_described_as_problems()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Http.GetAsync("/openapi.json", TestContext.Current.CancellationToken);

        JsonNode document = await response.JsonAsync(HttpStatusCode.OK);
        Assert.NotNull(document["paths"]!["/api/applications"]!["post"]!["responses"]!["422"]!["content"]!["application/problem+json"]);
    }
}
