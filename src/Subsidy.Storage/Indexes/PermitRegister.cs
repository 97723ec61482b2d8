using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>Permits by their number, for whoever wants to check one.</summary>
public sealed class PermitRegister
{
    private readonly IndexReader reader;
    private readonly IStreams streams;

    internal PermitRegister(IndexReader reader, IStreams streams) => (this.reader, this.streams) = (reader, streams);

    /// <param name="number">As it stands on the permit; anything else is not found.</param>
    public async Task<RegisteredPermit?> FindAsync(string number, CancellationToken cancel)
    {
        if (number.Length > 64 || number.AsSpan().ContainsAny("/\\#?|") || number.Any(char.IsControl))
            return null;
        var found = await reader.Table.GetEntityIfExistsAsync<TableEntity>(IndexRow.Partition, IndexRows.Permit(number), cancellationToken: cancel);
        if (!found.HasValue)
            return null;
        var row = found.Value!;
        var id = row.GetString(IndexRow.Application);
        if (await streams.LoadAsync(id, cancel) is { Application: var application })
            return application.Permits.FirstOrDefault(permit => permit.Number == number) is { } permit ? new RegisteredPermit(permit, id, application) : null;

        // The holder's data is erased; the permit stands.
        var kept = new Permit(number, row.GetString("Kind"), IndexRows.Time(row.GetString("IssuedAt"))!.Value, row.GetInt32("Revoked") == 1);
        return new RegisteredPermit(kept, id, null);
    }
}

/// <param name="Application">Null when the holder's data is erased.</param>
public sealed record RegisteredPermit(Permit Permit, string ApplicationId, Application? Application);
