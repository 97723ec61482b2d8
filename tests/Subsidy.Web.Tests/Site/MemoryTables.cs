using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Subsidy.Storage;
using Subsidy.Storage.Indexes;

namespace Subsidy.Web.Tests.Site;

/// <summary>
/// The index tables as storage would have written them, behind the real client: every query is answered from the rows that the
/// applications in memory have.
/// </summary>
internal sealed partial class MemoryTables(MemoryStreams streams) : HttpMessageHandler
{
    /// <summary>Filters that were asked for.</summary>
    public List<string> Filters { get; } = [];

    public static IndexReader Reader(MemoryTables tables, MemoryStreams streams)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(tables)) };
        var service = new TableServiceClient("UseDevelopmentStorage=true", options);
        return new IndexReader(new StorageSettings(service, new BlobServiceClient("UseDevelopmentStorage=true"), null!), streams);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = Uri.UnescapeDataString(request.RequestUri!.Query.Replace('+', ' '));
        var path = Uri.UnescapeDataString(request.RequestUri.AbsolutePath);
        Filters.Add(query);
        var asked = (Partition().Match(path) is { Success: true } point ? point : PartitionFilter().Match(query)).Groups["name"].Value;
        var rows = streams.Applications.SelectMany(IndexRows.Of).Where(row => row.Partition == asked).Select(ToJson).ToArray();
        var single = path.Contains("RowKey=", StringComparison.Ordinal);
        var answer = single && rows.Length == 0
            ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = Json(new JsonObject { ["odata.error"] = new JsonObject { ["code"] = "ResourceNotFound" } }) }
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = Json(single ? rows[0] : new JsonObject { ["value"] = new JsonArray(rows) }) };
        return Task.FromResult(answer);
    }

    private static JsonObject ToJson(IndexRow row)
    {
        var json = new JsonObject { ["odata.etag"] = "W/\"1\"", ["PartitionKey"] = row.Partition, ["RowKey"] = row.Row };
        foreach (var (name, value) in row.Columns)
        {
            json[name] = value is long number ? JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)) : JsonValue.Create(value);
            if (value is long)
                json[name + "@odata.type"] = "Edm.Int64";
        }
        return json;
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    [GeneratedRegex(@"PartitionKey='(?<name>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Partition();

    [GeneratedRegex(@"PartitionKey eq '(?<name>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PartitionFilter();
}
