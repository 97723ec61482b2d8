using Azure.Storage.Blobs.Specialized;

namespace Subsidy.Storage.Papers;

/// <summary>Looks for what would harm whoever opens a paper. A county plugs its own in.</summary>
public interface IScanner
{
    /// <param name="copy">The file as it came, in quarantine.</param>
    Task<Verdict> ScanAsync(BlobBaseClient copy, CancellationToken cancel);
}

public enum Verdict
{
    Clean,
    Harmful,

    /// <summary>Nobody can say, now or ever. Such a file is not taken.</summary>
    Unknown,
}
