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

    public static Task UploadAsync(BlockBlobClient blob, Stream content, DateTimeOffset now, CancellationToken cancel) => BlockUpload.UploadAsync(
        blob, content, new BlobUploadOptions { Metadata = new Dictionary<string, string> { [At] = now.ToString("O", CultureInfo.InvariantCulture) } }, cancel);

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
