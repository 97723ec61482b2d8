using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>
/// Index rows in one table. A row is a hint: it may be late, and a crash may leave one standing that should be gone, so whoever reads
/// one asks the head (<see cref="IndexReader"/>). <see cref="IndexRebuild"/> makes all of them again.
/// </summary>
internal sealed class TableIndexes(StorageSettings settings) : IIndexes
{
    private readonly TableClient table = settings.Table("indexes");

    public async Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel)
    {
        var stands = new Dictionary<string, string>();
        foreach (var row in IndexRows.Of(application))
        {
            if (application.Indexed.GetValueOrDefault(row.Key) != row.Digest)
                await table.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancel);
            stands[row.Key] = row.Digest;
        }
        foreach (var key in application.Indexed.Keys.Where(key => !stands.ContainsKey(key)))
        {
            // Deleting what is gone already is no error.
            var (partition, row) = (key[..key.IndexOf('/', StringComparison.Ordinal)], key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            await table.DeleteEntityAsync(partition, row, ETag.All, cancel);
        }
        return stands;
    }
}
