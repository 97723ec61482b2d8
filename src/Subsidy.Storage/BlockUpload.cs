using System.Buffers;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Subsidy.Storage;

/// <summary>Uploads content of any length, of which no more than a block is held in memory. The blob appears at once and whole, or not at all.</summary>
internal static class BlockUpload
{
    /// <summary>What fits in goes in one request, all else in blocks of this size.</summary>
    private const int BlockLength = 4 * 1024 * 1024;

    /// <exception cref="Azure.RequestFailedException">409 or 412 where the conditions do not hold.</exception>
    public static async Task UploadAsync(BlockBlobClient blob, Stream content, BlobUploadOptions options, CancellationToken cancel)
    {
        // Random: of two who upload to one name at once, none commits a block of the other's, which is sealed differently.
        var upload = RandomNumberGenerator.GetBytes(12);
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
                    await blob.UploadAsync(block, options, cancel);
                    return;
                }
                if (length > 0)
                {
                    blocks.Add(Convert.ToBase64String([.. upload, .. BitConverter.GetBytes(blocks.Count)]));
                    await blob.StageBlockAsync(blocks[^1], block, cancellationToken: cancel);
                }
                if (length < BlockLength)
                    break;
            }
            await blob.CommitBlockListAsync(blocks, new CommitBlockListOptions { Metadata = options.Metadata, Conditions = options.Conditions }, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
