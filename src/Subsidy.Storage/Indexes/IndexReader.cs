using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>Reads a partition of the indexes and asks the heads: what a row says counts only as far as the application says so too.</summary>
internal sealed class IndexReader(StorageSettings settings, IStreams streams)
{
    private const int Window = 16;

    public TableClient Table { get; } = settings.Table("indexes");

    /// <summary>The applications that have a row there, and do have it.</summary>
    public async Task<IReadOnlyList<Application>> ApplicationsAsync(string partition, CancellationToken cancel)
    {
        var ids = new HashSet<string>();
        await foreach (var row in Table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancel))
            ids.Add(row.GetString(IndexRow.Application));
        var found = new List<Application>();
        foreach (var some in ids.Order().Chunk(Window))
        {
            var heads = await Task.WhenAll(some.Select(id => streams.LoadAsync(id, cancel)));
            found.AddRange(heads.OfType<Head>().Select(head => head.Application));
        }
        return [.. found.Where(application => IndexRows.Of(application).Any(row => row.Partition == partition))];
    }
}
