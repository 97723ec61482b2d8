using System.Security.Cryptography;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Tests;

/// <summary>Storage as a head sets it up, on tables of its own.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Store(ServiceProvider services, Wire wire, FakeTimeProvider time, StorageSettings settings) =>
        (this.services, Wire, Time, Settings) = (services, wire, time, settings);

    public Wire Wire { get; }
    public FakeTimeProvider Time { get; }
    public StorageSettings Settings { get; }

    public static Task<Store> OpenAsync(AzuriteFixture azurite, int retries = 0, Action<IServiceCollection>? add = null) =>
        OpenAsync(azurite, "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), new OpenMasterKey(), retries, add);

    /// <summary>The same storage, as another process sees it.</summary>
    public Task<Store> AgainAsync(AzuriteFixture azurite) => OpenAsync(azurite, Settings.Prefix, Settings.MasterKey, 0, null);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static async Task<Store> OpenAsync(
        AzuriteFixture azurite, string prefix, IMasterKey master, int retries, Action<IServiceCollection>? add)
    {
        var wire = new Wire();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        var tableOptions = new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };
        tableOptions.AddPolicy(wire, HttpPipelinePosition.PerRetry);
        var blobOptions = new BlobClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };
        blobOptions.AddPolicy(wire, HttpPipelinePosition.PerRetry);
        var settings = new StorageSettings(
            new TableServiceClient(azurite.ConnectionString, tableOptions), new BlobServiceClient(azurite.ConnectionString, blobOptions), master, prefix);

        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSubsidyStorage(_ => settings);
        add?.Invoke(collection);
        var store = new Store(collection.BuildServiceProvider(validateScopes: true), wire, time, settings);
        foreach (var hosted in store.services.GetServices<IHostedService>())
            await hosted.StartAsync(TestContext.Current.CancellationToken);
        wire.Restart();
        return store;
    }

    /// <summary>A master key in memory.</summary>
    private sealed class OpenMasterKey : IMasterKey
    {
        private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

        public string Id => "test";

        public Task<byte[]> WrapAsync(byte[] key) => Task.FromResult(SealedBox.Seal(this.key, key));

        public Task<byte[]> UnwrapAsync(string id, byte[] wrapped) => Task.FromResult(SealedBox.Open(key, wrapped));
    }
}
