using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Payments;

/// <summary>The container <c>bank-inbox</c>, into which the bank's gateway drops its answers as they are.</summary>
internal sealed class BlobBankInbox(StorageSettings settings) : IBankInbox
{
    private readonly BlobContainerClient container = settings.Container("bank-inbox");

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancel))
            names.Add(blob.Name);
        return names;
    }

    public async Task<InboxFile?> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            var opened = (await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancel)).Value;
            return new InboxFile(name, opened.Details.ETag.ToString(), opened.Content);
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }

    public async Task RemoveAsync(InboxFile file, CancellationToken cancel)
    {
        try
        {
            await container.GetBlobClient(file.Name).DeleteIfExistsAsync(
                conditions: new BlobRequestConditions { IfMatch = new ETag(file.Version) }, cancellationToken: cancel);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            // Another came under the name: it is read next.
        }
    }
}
