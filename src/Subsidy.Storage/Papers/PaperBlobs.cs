using System.Globalization;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Subsidy.Storage.Papers;

/// <summary>Blobs with the time at which they were put there by our own clock: the server's would be wrong where the clock is moved.</summary>
internal static class PaperBlobs
{
    private const string At = "at";
    private const string Named = "named";

    // Up to 4 MiB go in one request; more in blocks of that size, one after the other, so that this much is held in memory and no more.
    private static readonly StorageTransferOptions Transfer = new()
    {
        InitialTransferSize = 4 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 1,
    };

    public static Task UploadAsync(BlobClient blob, Stream content, DateTimeOffset now, CancellationToken cancel) => blob.UploadAsync(
        content,
        new BlobUploadOptions
        {
            TransferOptions = Transfer,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [At] = now.ToString("O", CultureInfo.InvariantCulture) },
        },
        cancel);

    public static async Task<Stream> ReadAsync(BlobClient blob, CancellationToken cancel) =>
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
