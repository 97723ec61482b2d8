using Microsoft.Extensions.Hosting;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage;

/// <summary>Makes the tables and containers that are missing and opens the keys, before anything else is served.</summary>
internal sealed class StorageStart(StorageSettings settings, KeyRing keyRing, Secrets secrets) : IHostedService
{
    public static readonly IReadOnlyList<string> Tables = ["applications", "claims", "clearances", "funds", "holds", "indexes", "keys", "payees", "payruns", "permits"];
    public static readonly IReadOnlyList<string> Containers = ["bank", "bank-inbox", "quarantine", "papers", "schemes", "township"];

    /// <exception cref="MasterKeyException">The master key is missing, corrupt, or another one.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Tables.Select(name => settings.Table(name).CreateIfNotExistsAsync(cancellationToken)));
        await Task.WhenAll(Containers.Select(name => settings.Container(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
        await keyRing.OpenAsync(cancellationToken);
        secrets.Open(await keyRing.SecretAsync(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
