using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage;

/// <summary>Where things are stored, and what seals them.</summary>
/// <param name="Prefix">Stands before every table and container name: lower-case letters and digits, a letter first; empty in production.</param>
public sealed record StorageSettings(TableServiceClient Tables, BlobServiceClient Blobs, IMasterKey MasterKey, string Prefix = "")
{
    internal TableClient Table(string name) => Tables.GetTableClient(Prefix + name);

    internal BlobContainerClient Container(string name) => Blobs.GetBlobContainerClient(Prefix + name);
}
