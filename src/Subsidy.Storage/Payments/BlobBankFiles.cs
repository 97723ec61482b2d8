using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Payments;

/// <summary>Files for the bank and from it in the container <c>bank</c>, each sealed as a whole: they name people and their accounts.</summary>
internal sealed class BlobBankFiles(StorageSettings settings, Secrets secrets) : IBankFiles
{
    private readonly BlobContainerClient container = settings.Container("bank");

    public async Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var box = SealedBox.Seal(secrets.Key(SecretPurpose.BankFiles), content.Span, "bank", name);
        try
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(box), options, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<byte[]?> FindAsync(string name, CancellationToken cancel)
    {
        try
        {
            var found = await container.GetBlobClient(name).DownloadContentAsync(cancel);
            return SealedBox.Open(secrets.Key(SecretPurpose.BankFiles), found.Value.Content.ToMemory().Span, "bank", name);
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }
}
