using Subsidy.Local.Azurite;
using Subsidy.Storage.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Subsidy.Storage.Tests;

/// <summary>One real Azurite, in memory, for the whole run. Tests keep apart by the prefix of their tables.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(null, TimeProvider.System, _ => { }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
            await azurite.DisposeAsync();
    }
}
