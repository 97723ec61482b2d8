using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Storage.Papers;

namespace Subsidy.Storage.Tests.Papers;

public sealed class DefenderScannerTests(AzuriteFixture azurite)
{
    private const string Id = "k7qm3wxtpb9c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("No threats found", null)]
    [InlineData("Malicious", PaperFault.Unsafe)]
    [InlineData("Error", PaperFault.Unscanned)]
    [InlineData("Not scanned", PaperFault.Unscanned)]
    public async Task A_paper_is_taken_once_the_tag_on_it_says_that_it_is_clean(string verdict, PaperFault? fault)
    {
        await using var store = await OpenAsync();
        var taking = TakeAsync(store);
        var copy = await CopyAsync(store, taking);
        Assert.False(taking.IsCompleted);

        await copy.SetTagsAsync(new Dictionary<string, string> { ["Malware Scanning scan result"] = verdict }, cancellationToken: Cancel);
        await PassTimeAsync(store, taking);

        var taken = await taking;
        Assert.Equal(fault, taken.Fault);
        Assert.Equal(fault is null, taken.Paper is not null);
        Assert.False(await copy.ExistsAsync(Cancel));
    }

    [Fact]
    public async Task Without_a_verdict_it_is_not_taken()
    {
        await using var store = await OpenAsync();
        var taking = TakeAsync(store);
        var copy = await CopyAsync(store, taking);
        await copy.SetTagsAsync(new Dictionary<string, string> { ["scan"] = "No threats found" }, cancellationToken: Cancel);
        await PassTimeAsync(store, taking);

        Assert.Equal(PaperFault.Unscanned, (await taking).Fault);
        Assert.False(await copy.ExistsAsync(Cancel));
    }

    private Task<Store> OpenAsync() => Store.OpenAsync(azurite, add: services => services.AddSingleton<IScanner, DefenderScanner>());

    private static Task<TakenPaper> TakeAsync(Store store) =>
        store.Get<IPaperStore>().TakeAsync(Id, "proof", new MemoryStream("%PDF-1.7 and more"u8.ToArray()), 1000, Cancel);

    /// <summary>The copy in quarantine, as soon as it is there.</summary>
    private static async Task<BlobBaseClient> CopyAsync(Store store, Task taking)
    {
        var quarantine = store.Settings.Container("quarantine");
        while (true)
        {
            Assert.False(taking.IsCompleted);
            await foreach (var blob in quarantine.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Cancel))
                return quarantine.GetBlobBaseClient(blob.Name);
        }
    }

    /// <summary>Lets the scanner look again and again until it is content.</summary>
    private static async Task PassTimeAsync(Store store, Task taking)
    {
        while (!taking.IsCompleted)
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
