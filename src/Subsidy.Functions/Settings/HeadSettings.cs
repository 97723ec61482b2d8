namespace Subsidy.Functions.Settings;

/// <summary>What this head is told under <c>Subsidy__…</c>; the settings of the pipeline stand beside them in the same section.</summary>
public sealed class HeadSettings
{
    public StorageEndpoints Storage { get; set; } = new();

    public VaultSettings KeyVault { get; set; } = new();

    public DataProtectionSettings DataProtection { get; set; } = new();

    public Scanner Scanner { get; set; }

    /// <summary>Address of the container with the township's files; empty: the container <c>township</c> beside the records.</summary>
    public Uri? Township { get; set; }
}

/// <summary>Who looks at papers before they are sealed.</summary>
public enum Scanner
{
    /// <summary>Their type, and whether they hold the test signature: no protection from anything else.</summary>
    TypeCheck,

    /// <summary>Microsoft Defender for Storage, which must be on for the quarantine's account.</summary>
    Defender,
}

public sealed class StorageEndpoints
{
    public Uri? TableEndpoint { get; set; }

    public Uri? BlobEndpoint { get; set; }

    public Uri? QuarantineBlobEndpoint { get; set; }

    /// <summary>In the Development environment only, in place of the endpoints: an emulator's connection string.</summary>
    public string? ConnectionString { get; set; }
}

public sealed class VaultSettings
{
    /// <summary>Address of the RSA key that wraps the keys which seal personal data, without a version.</summary>
    public Uri? MasterKeyUri { get; set; }

    /// <summary>In the Development environment only, in place of the vault: a file.</summary>
    public string? MasterKeyFile { get; set; }
}

public sealed class DataProtectionSettings
{
    /// <summary>Blob that holds the keys of cookies and forms, shared by all instances. Its content is sealed.</summary>
    public Uri? BlobUri { get; set; }
}
