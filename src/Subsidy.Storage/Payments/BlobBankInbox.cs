using Azure;
using Azure.Storage.Blobs;
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

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancel)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }

    public Task RemoveAsync(string name, CancellationToken cancel) => container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancel);
}
