using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage;

/// <summary>Where things are stored, and what seals them.</summary>
/// <param name="Quarantine">Account for unscanned papers, without versions and soft delete; null: the same as <paramref name="Blobs"/>.</param>
/// <param name="Township">Container with the township's files; null: <c>township</c> in <paramref name="Blobs"/>.</param>
/// <param name="Prefix">Stands before every table and container name: lower-case letters and digits, a letter first; empty in production.</param>
public sealed record StorageSettings(TableServiceClient Tables, BlobServiceClient Blobs, IMasterKey MasterKey, string Prefix = "", BlobServiceClient? Quarantine = null, BlobContainerClient? Township = null)
{
    internal TableClient Table(string name) => Tables.GetTableClient(Prefix + name);

    internal BlobContainerClient Container(string name) => name switch
    {
        "quarantine" when Quarantine is not null => Quarantine.GetBlobContainerClient(Prefix + name),
        "township" when Township is not null => Township,
        _ => Blobs.GetBlobContainerClient(Prefix + name),
    };
}
