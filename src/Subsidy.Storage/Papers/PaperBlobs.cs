using System.Buffers;
using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Subsidy.Storage.Papers;

/// <summary>Blobs with the time at which they were put there by our own clock: the server's would be wrong where the clock is moved.</summary>
internal static class PaperBlobs
{
    private const string At = "at";
    private const string Named = "named";

    /// <summary>This much is held in memory, and no more. What fits in goes in one request, all else in blocks of this size.</summary>
    private const int BlockLength = 4 * 1024 * 1024;

    public static async Task UploadAsync(BlockBlobClient blob, Stream content, DateTimeOffset now, CancellationToken cancel)
    {
        var metadata = new Dictionary<string, string> { [At] = now.ToString("O", CultureInfo.InvariantCulture) };
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            var blocks = new List<string>();
            while (true)
            {
                var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, BlockLength), BlockLength, throwOnEndOfStream: false, cancel);
                using var block = new MemoryStream(buffer, 0, length, writable: false);
                if (blocks.Count == 0 && length < BlockLength)
                {
                    await blob.UploadAsync(block, new BlobUploadOptions { Metadata = metadata }, cancel);
                    return;
                }
                if (length > 0)
                {
                    blocks.Add(Convert.ToBase64String(BitConverter.GetBytes(blocks.Count)));
                    await blob.StageBlockAsync(blocks[^1], block, cancellationToken: cancel);
                }
                if (length < BlockLength)
                    break;
            }
            await blob.CommitBlockListAsync(blocks, new CommitBlockListOptions { Metadata = metadata }, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    public static async Task<Stream> ReadAsync(BlobBaseClient blob, CancellationToken cancel) =>
        (await blob.DownloadStreamingAsync(cancellationToken: cancel)).Value.Content;

    public static AsyncPageable<BlobItem> List(BlobContainerClient container, string? prefix, CancellationToken cancel) =>
        container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancel);

    public static bool IsOlder(BlobItem blob, DateTimeOffset than) =>
        !blob.Metadata.TryGetValue(At, out var text)
        || DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) < than;

    /// <summary>An event was seen that names the blob; it need not be looked for again.</summary>
    public static bool IsNamed(BlobItem blob) => blob.Metadata.ContainsKey(Named);

    public static Task SetNamedAsync(BlobContainerClient container, BlobItem blob, CancellationToken cancel) =>
        container.GetBlobClient(blob.Name).SetMetadataAsync(
            new Dictionary<string, string>(blob.Metadata, StringComparer.Ordinal) { [Named] = "1" }, Unchanged(blob), cancel);

    public static Task DeleteAsync(BlobContainerClient container, BlobItem blob, CancellationToken cancel) =>
        container.GetBlobClient(blob.Name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, Unchanged(blob), cancel);

    private static BlobRequestConditions Unchanged(BlobItem blob) => new() { IfMatch = blob.Properties.ETag };
}
