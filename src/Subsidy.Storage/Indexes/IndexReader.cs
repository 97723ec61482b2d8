using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>Reads index rows of one kind and asks the heads: what a row says counts only as far as the application says so too.</summary>
internal sealed class IndexReader(StorageSettings settings, IStreams streams)
{
    private const int Window = 16;

    public TableClient Table { get; } = settings.Table("indexes");

    /// <summary>The applications that have a row whose key begins so, and have it rightly.</summary>
    public async Task<IReadOnlyList<Application>> ApplicationsAsync(string beginning, CancellationToken cancel)
    {
        var ids = new HashSet<string>();
        await foreach (var row in Table.QueryAsync<TableEntity>(Beginning(beginning), select: [IndexRow.Application], cancellationToken: cancel))
            ids.Add(row.GetString(IndexRow.Application));
        var found = new List<Application>();
        foreach (var some in ids.Order().Chunk(Window))
        {
            var heads = await Task.WhenAll(some.Select(id => streams.LoadAsync(id, cancel)));
            found.AddRange(heads.OfType<Head>().Select(head => head.Application));
        }
        return [.. found.Where(application => IndexRows.Of(application).Any(row => row.Key.StartsWith(beginning, StringComparison.Ordinal)))];
    }

    /// <summary>No key goes on with a tilde.</summary>
    public static string Beginning(string beginning) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {IndexRow.Partition} and RowKey ge {beginning} and RowKey lt {beginning + "~"}");
}
