using Azure.Storage.Blobs.Specialized;

namespace Subsidy.Storage.Papers;

/// <summary>
/// Waits for the verdict of Microsoft Defender for Storage, which scans every blob that is put into the quarantine's account and
/// writes what it found as an index tag on it. The application may read that tag and nobody but Defender writes it.
/// </summary>
public sealed class DefenderScanner(TimeProvider time) : IScanner
{
    /// <summary>The tag's name as Defender writes it.</summary>
    public const string Tag = "Malware Scanning scan result";

    private const string Clean = "No threats found";
    private const string Harmful = "Malicious";

    /// <summary>A minute and a half in all: somebody is waiting, and the platform gives up on a request after 230 seconds.</summary>
    private const int Looks = 90;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<Verdict> ScanAsync(BlobBaseClient copy, CancellationToken cancel)
    {
        for (var look = 0; look < Looks; look++)
        {
            var tags = (await copy.GetTagsAsync(cancellationToken: cancel)).Value.Tags;
            if (tags.TryGetValue(Tag, out var verdict))
                return Of(verdict);
            await Task.Delay(Pause, time, cancel);
        }
        return Verdict.Unknown;
    }

    /// <summary>Everything else, a failed scan or a file that is encrypted, says nothing about the file.</summary>
    private static Verdict Of(string verdict) => verdict switch
    {
        Clean => Verdict.Clean,
        Harmful => Verdict.Harmful,
        _ => Verdict.Unknown,
    };
}
