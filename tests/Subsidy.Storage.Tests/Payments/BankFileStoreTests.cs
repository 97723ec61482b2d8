using System.Security.Cryptography;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>Bank files that are larger than what is held in memory at a time.</summary>
public sealed class BankFileStoreTests(AzuriteFixture azurite)
{
    private const int Large = 9 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(Large)]
    public async Task A_file_of_any_size_is_read_as_it_was_written_and_stays_as_it_is(int length)
    {
        await using var store = await Store.OpenAsync(azurite);
        var files = store.Get<IBankFiles>();
        var content = RandomNumberGenerator.GetBytes(length);
        Assert.True(await files.PutAsync("runs/a/payment-order.xml", new MemoryStream(content), Cancel));
        Assert.False(await files.PutAsync("runs/a/payment-order.xml", new MemoryStream([1, 2, 3]), Cancel));
        Assert.Equal(content, await files.FindAsync("runs/a/payment-order.xml", Cancel));
        Assert.Null(await files.FindAsync("runs/b/payment-order.xml", Cancel));
    }

    [Fact]
    public async Task Two_who_write_one_file_at_once_leave_one_whole_file()
    {
        await using var store = await Store.OpenAsync(azurite);
        var files = store.Get<IBankFiles>();
        var content = RandomNumberGenerator.GetBytes(Large);
        var put = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => files.PutAsync("runs/a/payment-order.xml", new MemoryStream(content), Cancel)));
        Assert.Single(put, true);
        Assert.Equal(content, await files.FindAsync("runs/a/payment-order.xml", Cancel));
    }

    [Fact]
    public async Task A_file_that_breaks_off_while_it_is_written_is_not_there()
    {
        await using var store = await Store.OpenAsync(azurite);
        var files = store.Get<IBankFiles>();
        await Assert.ThrowsAsync<IOException>(() => files.PutAsync("runs/a/payment-order.xml", new BreakingStream(Large), Cancel));
        Assert.Null(await files.FindAsync("runs/a/payment-order.xml", Cancel));
    }

    [Fact]
    public async Task A_file_that_was_altered_or_put_under_another_name_does_not_open()
    {
        await using var store = await Store.OpenAsync(azurite);
        var files = store.Get<IBankFiles>();
        Assert.True(await files.PutAsync("runs/a/payment-order.xml", new MemoryStream(new byte[1000]), Cancel));
        var bank = store.Settings.Container("bank");
        var box = (await bank.GetBlobClient("runs/a/payment-order.xml").DownloadContentAsync(Cancel)).Value.Content.ToArray();
        await bank.GetBlobClient("runs/b/payment-order.xml").UploadAsync(BinaryData.FromBytes(box), Cancel);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => files.FindAsync("runs/b/payment-order.xml", Cancel));
        box[500] ^= 1;
        await bank.GetBlobClient("runs/a/payment-order.xml").UploadAsync(BinaryData.FromBytes(box), overwrite: true, Cancel);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => files.FindAsync("runs/a/payment-order.xml", Cancel));
    }

    /// <summary>Gives so many bytes, and then fails.</summary>
    private sealed class BreakingStream(int length) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The rest is missing.");
    }
}
