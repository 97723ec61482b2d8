using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;

namespace Subsidy.Storage.Sealing;

/// <summary>
/// Key-encryption keys: AES-256 keys that wrap the data keys of applications, and are themselves wrapped by the master key in a row
/// each. A process unwraps each once and keeps it, so that the master key (a vault, with its limits and its price) is not asked per
/// application.
/// </summary>
public sealed class KeyRing
{
    private const string Partition = "kek";
    private const string SecretPartition = "secret";
    private const string SecretRow = "root";

    private readonly TableClient table;
    private readonly IMasterKey master;
    private readonly ConcurrentDictionary<string, byte[]> keys = new(StringComparer.Ordinal);
    private volatile string? current;

    internal KeyRing(TableClient table, IMasterKey master) => (this.table, this.master) = (table, master);

    /// <summary>Unwraps the newest key, making the first one where there is none. Called once, before anything is sealed.</summary>
    /// <exception cref="MasterKeyException">The master key is missing, corrupt, or another one.</exception>
    internal async Task OpenAsync(CancellationToken cancel)
    {
        var newest = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, select: ["RowKey"], cancellationToken: cancel))
            newest = Math.Max(newest, int.Parse(row.RowKey, CultureInfo.InvariantCulture));
        if (newest == 0)
        {
            await RotateAsync(cancel);
            return;
        }
        var id = Name(newest);
        await FindAsync(id, cancel);
        current = id;
    }

    /// <summary>
    /// Makes a new key-encryption key; applications that come from now on use it. Other processes take it up at their next start and
    /// can read what it wraps at once.
    /// </summary>
    public async Task RotateAsync(CancellationToken cancel)
    {
        var next = current is null ? 1 : int.Parse(current, CultureInfo.InvariantCulture) + 1;
        var id = Name(next);
        keys[id] = await InsertOrReadAsync(Partition, id, cancel);
        current = id;
    }

    internal async Task<byte[]> SecretAsync(CancellationToken cancel) => await InsertOrReadAsync(SecretPartition, SecretRow, cancel);

    internal WrappedKeys Wrap(string applicationId, DataKeys data)
    {
        var id = current ?? throw new InvalidOperationException("Storage has not been started: no key is open.");
        var kek = keys[id];
        return new WrappedKeys(
            id,
            SealedBox.Seal(kek, data.Applicant, "keys", applicationId, "applicant"),
            SealedBox.Seal(kek, data.Objector, "keys", applicationId, "objector"));
    }

    /// <exception cref="CryptographicException">The wrapped keys were altered, or belong to another application.</exception>
    internal async ValueTask<DataKeys> UnwrapAsync(string applicationId, WrappedKeys wrapped, CancellationToken cancel)
    {
        var kek = await FindAsync(wrapped.KekId, cancel);
        return new DataKeys(
            SealedBox.Open(kek, wrapped.Applicant, "keys", applicationId, "applicant"),
            SealedBox.Open(kek, wrapped.Objector, "keys", applicationId, "objector"));
    }

    /// <summary>Wraps the one key of something that is no application.</summary>
    internal (string KekId, byte[] Wrapped) WrapKey(string owner, byte[] key)
    {
        var id = current ?? throw new InvalidOperationException("Storage has not been started: no key is open.");
        return (id, SealedBox.Seal(keys[id], key, "key", owner));
    }

    /// <exception cref="CryptographicException">The wrapped key was altered, or belongs to something else.</exception>
    internal async ValueTask<byte[]> UnwrapKeyAsync(string owner, string kekId, byte[] wrapped, CancellationToken cancel) =>
        SealedBox.Open(await FindAsync(kekId, cancel), wrapped, "key", owner);

    private async ValueTask<byte[]> FindAsync(string id, CancellationToken cancel)
    {
        if (keys.TryGetValue(id, out var known))
            return known;
        var row = await table.GetEntityAsync<TableEntity>(Partition, id, cancellationToken: cancel);
        return keys[id] = await UnwrapAsync(row.Value);
    }

    /// <summary>Two processes may start at once on empty storage: whoever comes second takes what is there.</summary>
    private async Task<byte[]> InsertOrReadAsync(string partition, string row, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        if (found.HasValue)
            return await UnwrapAsync(found.Value!);
        var key = RandomNumberGenerator.GetBytes(DataKeys.Length);
        try
        {
            var entity = new TableEntity(partition, row) { ["Master"] = master.Id, ["Wrapped"] = await master.WrapAsync(key) };
            await table.AddEntityAsync(entity, cancel);
            return key;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return await UnwrapAsync((await table.GetEntityAsync<TableEntity>(partition, row, cancellationToken: cancel)).Value);
        }
    }

    private Task<byte[]> UnwrapAsync(TableEntity row) => master.UnwrapAsync(row.GetString("Master"), row.GetBinary("Wrapped"));

    private static string Name(int number) => number.ToString("D4", CultureInfo.InvariantCulture);
}
