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
        // Rows are told apart by how their keys begin; a query names the beginning, a point read the whole key.
        var single = RowKey().Match(path);
        var key = (single.Success ? single : Beginning().Match(query)).Groups["key"].Value;
        var rows = streams.Applications.SelectMany(a => IndexRows.Of(a, streams.EventsOf(a.Id))).Where(row => row.Key.StartsWith(key, StringComparison.Ordinal)).Select(ToJson).ToArray();
        var answer = single.Success && rows.Length == 0
            ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = Json(new JsonObject { ["odata.error"] = new JsonObject { ["code"] = "ResourceNotFound" } }) }
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = Json(single.Success ? rows[0] : new JsonObject { ["value"] = new JsonArray(rows) }) };
        return Task.FromResult(answer);
    }

    private static JsonObject ToJson(IndexRow row)
    {
        var json = new JsonObject { ["odata.etag"] = "W/\"1\"", ["PartitionKey"] = IndexRow.Partition, ["RowKey"] = row.Key };
        foreach (var (name, value) in row.Columns)
        {
            json[name] = value is long number ? JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)) : JsonValue.Create(value);
            if (value is long)
                json[name + "@odata.type"] = "Edm.Int64";
        }
        return json;
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    [GeneratedRegex(@"RowKey='(?<key>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RowKey();

    [GeneratedRegex(@"RowKey ge '(?<key>[^']*)'", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();
}
