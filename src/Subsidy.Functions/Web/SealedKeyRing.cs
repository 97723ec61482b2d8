using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Subsidy.Storage.Sealing;

namespace Subsidy.Functions.Web;

/// <summary>
/// The keys of cookies and forms in one blob that all instances share, sealed (AES-256-GCM) under a secret that the master key wraps.
/// </summary>
internal sealed class SealedKeyRing(BlobClient blob, Secrets secrets) : IXmlRepository
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Read().Ring.Elements()];

    public void StoreElement(XElement element, string friendlyName)
    {
        while (true)
        {
            var (ring, tag) = Read();
            ring.Add(element);
            try
            {
                blob.Upload(new BinaryData(Seal(ring)), new BlobUploadOptions
                {
                    Conditions = tag is { } known ? new BlobRequestConditions { IfMatch = known } : new BlobRequestConditions { IfNoneMatch = ETag.All },
                });
                return;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another instance has added a key: read again and add to that.
            }
        }
    }

    private (XElement Ring, ETag? Tag) Read()
    {
        try
        {
            var found = blob.DownloadContent().Value;
            return (XElement.Parse(Open(found.Content.ToArray())), found.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return (new XElement("ring"), null);
        }
    }

    private byte[] Seal(XElement ring)
    {
        var plain = Encoding.UTF8.GetBytes(ring.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secrets.Key(SecretPurpose.KeyRing), TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength));
        return sealedBytes;
    }

    private string Open(byte[] sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(secrets.Key(SecretPurpose.KeyRing), TagLength);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
