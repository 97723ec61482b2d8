using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Claims;

/// <summary>
/// Claims in one table, each row in a partition of its own, so that no two claims wait for each other. An exclusive claim is a row that
/// only one application can insert; a counted one is a row of uses that is changed under its ETag.
/// </summary>
internal sealed class TableClaims(StorageSettings settings) : IClaims
{
    private readonly TableClient table = settings.Table("claims");

    public async Task<ClaimConflict?> TakeAsync(string applicationId, IReadOnlyList<Claim> claims, DateTimeOffset now, CancellationToken cancel)
    {
        // One order for all: two households that share a member cannot each hold what the other needs.
        var taken = new List<Claim>();
        foreach (var claim in claims.OrderBy(claim => claim.Key, StringComparer.Ordinal))
        {
            var (holder, isNew) = await TakeOneAsync(applicationId, claim, now, cancel);
            if (holder is not null)
            {
                await ReleaseAsync(applicationId, taken, cancel);
                return new ClaimConflict(claim.Limit, holder);
            }
            if (isNew)
                taken.Add(claim);
        }
        return null;
    }

    public async Task ReleaseAsync(string applicationId, IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        foreach (var claim in claims)
        {
            while (!await TryReleaseAsync(applicationId, claim, cancel))
            {
                // Another application's use came in between: look again.
            }
        }
    }

    private async Task<(string? Holder, bool IsNew)> TakeOneAsync(string applicationId, Claim claim, DateTimeOffset now, CancellationToken cancel)
    {
        while (true)
        {
            var row = await FindAsync(claim, cancel);
            var uses = row is null ? [] : ClaimUse.Read(row);
            if (uses.Any(use => use.Application == applicationId))
                return (null, false);
            var counted = claim.Months == 0 ? uses : uses.Where(use => use.At > now.AddMonths(-claim.Months)).ToList();
            if (counted.Count >= claim.Max)
                return (counted[^1].Application, false);
            if (await TryWriteAsync(claim, row, [.. uses, new ClaimUse(applicationId, now)], cancel))
                return (null, true);
        }
    }

    private async Task<bool> TryReleaseAsync(string applicationId, Claim claim, CancellationToken cancel)
    {
        var row = await FindAsync(claim, cancel);
        if (row is null)
            return true;
        var uses = ClaimUse.Read(row);
        var others = uses.Where(use => use.Application != applicationId).ToList();
        return others.Count == uses.Count || await TryWriteAsync(claim, row, others, cancel);
    }

    /// <summary>False when another writer was first.</summary>
    private async Task<bool> TryWriteAsync(Claim claim, TableEntity? before, List<ClaimUse> uses, CancellationToken cancel)
    {
        var next = new TableEntity(PartitionOf(claim), "claim");
        ClaimUse.Write(next, uses);
        try
        {
            if (before is null)
                await table.AddEntityAsync(next, cancel);
            else if (uses.Count == 0)
                await table.DeleteEntityAsync(next.PartitionKey, next.RowKey, before.ETag, cancel);
            else
                await table.UpdateEntityAsync(next, before.ETag, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task<TableEntity?> FindAsync(Claim claim, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(claim), "claim", cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>A claim's key names a person by keyed hash only; hashing it again makes it fit for a row key.</summary>
    private static string PartitionOf(Claim claim) => RowKeys.HashOf(claim.Key);
}
