using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Papers;

/// <summary>Takes away what requests that were never finished have left behind. Run it once an hour: quarantined files may not grow older than a day and an hour.</summary>
public sealed class PaperSweep
{
    /// <summary>Far longer than any request lives.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    private readonly BlobContainerClient quarantine;
    private readonly BlobContainerClient papers;
    private readonly IStreams streams;

    internal PaperSweep(StorageSettings settings, IStreams streams)
    {
        quarantine = settings.Container("quarantine");
        papers = settings.Container("papers");
        this.streams = streams;
    }

    /// <summary>
    /// Deletes quarantined files and sealed papers that no event names, both older than a day. Each paper is looked for in its stream
    /// once: then it is marked.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var deleted = 0;
        await foreach (var blob in PaperBlobs.List(quarantine, null, cancel))
        {
            if (PaperBlobs.IsOlder(blob, now - Rest))
                deleted += await DeleteAsync(quarantine, blob, cancel);
        }

        var (application, named) = ("", new HashSet<string>(StringComparer.Ordinal));
        await foreach (var blob in PaperBlobs.List(papers, null, cancel))
        {
            if (PaperBlobs.IsNamed(blob) || !PaperBlobs.IsOlder(blob, now - Rest))
                continue;
            var parts = blob.Name.Split('/');
            if (parts[0] != application)
                (application, named) = (parts[0], await NamedAsync(parts[0], cancel));
            if (named.Contains(parts[1]))
                await PaperBlobs.SetNamedAsync(papers, blob, cancel);
            else
                deleted += await DeleteAsync(papers, blob, cancel);
        }
        return deleted;
    }

    private async Task<HashSet<string>> NamedAsync(string application, CancellationToken cancel)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var stored in streams.ReadAsync(application, cancel))
        {
            if (stored.Recorded.Event is PaperAdded added)
                named.Add(added.Paper.Id);
            else if (stored.Recorded.Event is Voted voted)
                named.UnionWith(voted.Photos.Select(photo => photo.Id));
            else if (stored.Recorded.Event is HandOverSigned signed)
                named.UnionWith(signed.Photos.Select(photo => photo.Id));
        }
        return named;
    }

    /// <summary>Not when it was put there anew since it was listed: then somebody is just about to name it.</summary>
    private static async Task<int> DeleteAsync(BlobContainerClient container, BlobItem blob, CancellationToken cancel)
    {
        try
        {
            await PaperBlobs.DeleteAsync(container, blob, cancel);
            return 1;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return 0;
        }
    }
}
