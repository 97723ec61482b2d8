using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Subsidy.Local.Azurite;

[assembly: AssemblyFixture(typeof(Subsidy.Local.Tests.SharedAzurite))]

namespace Subsidy.Local.Tests;

/// <summary>One storage in memory for all tests that need only empty tables and containers.</summary>
public sealed class SharedAzurite : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public BlobServiceClient Blobs => new(_azurite!.ConnectionString);

    public TableServiceClient Tables => new(_azurite!.ConnectionString);

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(folder: null, TimeProvider.System, _ => { }, CancellationToken.None);

    public ValueTask DisposeAsync() => _azurite!.DisposeAsync();
}
