using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Payments;

/// <summary>Files for the bank and from it in the container <c>bank</c>, each sealed as a whole: they name people and their accounts.</summary>
internal sealed class BlobBankFiles(StorageSettings settings, Secrets secrets) : IBankFiles
{
    private readonly BlobContainerClient container = settings.Container("bank");

    public async Task<bool> PutAsync(string name, Stream content, CancellationToken cancel)
    {
        await using var box = new SealingStream(content, secrets.Key(SecretPurpose.BankFiles), ContextOf(name));
        try
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await BlockUpload.UploadAsync(container.GetBlockBlobClient(name), box, options, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            var box = (await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancel)).Value.Content;
            return new OpeningStream(box, secrets.Key(SecretPurpose.BankFiles), ContextOf(name));
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }

    private static string ContextOf(string name) => $"bank\n{name}";
}
