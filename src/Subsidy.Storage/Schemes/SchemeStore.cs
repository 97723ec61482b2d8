using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core.Schemes;

namespace Subsidy.Storage.Schemes;

/// <summary>
/// Published scheme files: <c>{sha256}</c> is the file, <c>{id}/{version}</c> names its hash. Neither is ever written again, so an
/// application finds the edition that it pins for as long as it lives.
/// </summary>
public sealed class SchemeStore(StorageSettings settings)
{
    private readonly BlobContainerClient container = settings.Container("schemes");

    /// <exception cref="SchemeEditionException">This version is published with other content.</exception>
    public async Task PublishAsync(SchemeSource source, CancellationToken cancel)
    {
        var scheme = source.Scheme;
        await AddAsync(scheme.Hash, new BinaryData(source.Bytes), cancel);
        var edition = $"{scheme.Id}/{scheme.Version}";
        if (await AddAsync(edition, new BinaryData(scheme.Hash), cancel))
            return;
        var published = (await container.GetBlobClient(edition).DownloadContentAsync(cancel)).Value.Content.ToString();
        if (published != scheme.Hash)
            throw new SchemeEditionException(scheme.Id, scheme.Version);
    }

    /// <exception cref="InvalidOperationException">The stored file is not the one that its name says.</exception>
    public async Task<byte[]> LoadAsync(string hash, CancellationToken cancel)
    {
        var bytes = (await container.GetBlobClient(hash).DownloadContentAsync(cancel)).Value.Content.ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash
            ? bytes
            : throw new InvalidOperationException($"The published scheme {hash} has been altered.");
    }

    /// <summary>False when it is there already.</summary>
    private async Task<bool> AddAsync(string name, BinaryData content, CancellationToken cancel)
    {
        try
        {
            await container.GetBlobClient(name).UploadAsync(
                content, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}

/// <summary>A scheme file was changed without a new version.</summary>
public sealed class SchemeEditionException(string id, int version)
    : Exception($"{id}.yaml: version {version} is published with other content. Raise 'version' by one whenever the content changes.");
