using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Sealing;

/// <summary>What a derived secret is for. Names are for ever: another name gives other keys.</summary>
public enum SecretPurpose
{
    /// <summary>Keyed hashes of ID numbers.</summary>
    PersonKeys,
    /// <summary>Application ids, from the Idempotency-Key of the request that makes them.</summary>
    ApplicationIds,
    /// <summary>The applicant's access key.</summary>
    AccessKeys,
    /// <summary>Signatures of decision links.</summary>
    DecisionLinks,
    /// <summary>Names of papers and of other things that a retried request must find again.</summary>
    GeneratedNames,
    /// <summary>Digests of request contents, so that a fingerprint tells nothing of what it is the digest of.</summary>
    Fingerprints,
    /// <summary>Keyed hashes of accounts and payees.</summary>
    Payees,
    /// <summary>Seals what goes to the bank and what comes from it.</summary>
    BankFiles,
    /// <summary>Seals the reasons that people give for holds and for clearing flags.</summary>
    Reasons,
    /// <summary>Seals the ring of keys for cookies and forms that several instances share.</summary>
    KeyRing,
}

/// <summary>
/// Secrets of the whole system: one HMAC key per purpose, derived by HKDF-SHA-256 (RFC 5869) from one root that the master key wraps.
/// </summary>
public sealed class Secrets
{
    private byte[]? root;

    /// <summary>HMAC-SHA-256 of the message under the purpose's key: 32 bytes.</summary>
    public byte[] Mac(SecretPurpose purpose, ReadOnlySpan<byte> message) => HMACSHA256.HashData(Key(purpose), message);

    /// <inheritdoc cref="Mac(SecretPurpose, ReadOnlySpan{byte})"/>
    public byte[] Mac(SecretPurpose purpose, string message) => Mac(purpose, Encoding.UTF8.GetBytes(message));

    /// <summary>The purpose's key itself, 32 bytes, for whoever signs in a way of its own.</summary>
    /// <exception cref="InvalidOperationException">Storage has not been started.</exception>
    public byte[] Key(SecretPurpose purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        root ?? throw new InvalidOperationException("Storage has not been started: the root secret is not open."),
        DataKeys.Length,
        info: Encoding.UTF8.GetBytes($"subsidy/{purpose}"));

    internal void Open(byte[] secret) => root = secret;
}
