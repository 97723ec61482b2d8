using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Papers;

/// <summary>
/// Papers in Blob Storage. A file goes as it is into the container <c>quarantine</c>; once it is found clean, sealed into
/// <c>papers</c> as <c>{application}/{paper}</c>; then the plain copy is deleted. Whatever a crash leaves behind is swept.
/// </summary>
internal sealed class PaperStore(StorageSettings settings, ApplicationKeys keys, Secrets secrets, IScanner scanner, TimeProvider time)
    : IPaperStore, IPapers
{
    private readonly BlobContainerClient quarantine = settings.Container("quarantine");
    private readonly BlobContainerClient papers = settings.Container("papers");

    public async Task<TakenPaper> TakeAsync(string applicationId, string kind, Stream content, long most, CancellationToken cancel)
    {
        // Random: the name is forgotten with the copy, and two requests must not share one.
        var copy = quarantine.GetBlockBlobClient($"{applicationId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");
        try
        {
            await using var measured = new MeasuredStream(content, most);
            await PaperBlobs.UploadAsync(copy, measured, time.GetUtcNow(), cancel);
            if (measured.Size == 0)
                return new TakenPaper(null, PaperFault.Empty);
            var verdict = await scanner.ScanAsync(copy, cancel);
            if (verdict is not Verdict.Clean)
                return new TakenPaper(null, verdict is Verdict.Harmful ? PaperFault.Unsafe : PaperFault.Unscanned);
            if (ContentTypes.Of(measured.Start) is not { } type)
                return new TakenPaper(null, PaperFault.UnknownType);

            var paper = new Paper(IdOf(applicationId, kind, measured.Sha256), kind, measured.Sha256, measured.Size, type);
            await SealAsync(applicationId, paper.Id, copy, cancel);
            return new TakenPaper(paper, null);
        }
        catch (MeasuredStream.TooLargeException)
        {
            return new TakenPaper(null, PaperFault.TooLarge);
        }
        finally
        {
            // Also when the request was given up: a plain copy does not stay because somebody closed a page.
            await copy.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        }
    }

    public async Task<Stream> OpenAsync(string applicationId, Paper paper, CancellationToken cancel)
    {
        var found = await keys.FindAsync(applicationId, cancel) ?? throw new FileNotFoundException($"The papers of {applicationId} are erased.");
        try
        {
            var box = await PaperBlobs.ReadAsync(papers.GetBlockBlobClient($"{applicationId}/{paper.Id}"), cancel);
            return new OpeningStream(box, found.Applicant, ContextOf(applicationId, paper.Id));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new FileNotFoundException($"Paper {paper.Id} of {applicationId} is erased.", e);
        }
    }

    public async Task DiscardAsync(string applicationId, CancellationToken cancel)
    {
        foreach (var container in (BlobContainerClient[])[quarantine, papers])
        {
            await foreach (var blob in PaperBlobs.List(container, applicationId + "/", cancel))
                await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancel);
        }
    }

    /// <summary>The same content twice gives the same blob, sealed with the same keys: whoever comes second does no harm.</summary>
    private async Task SealAsync(string applicationId, string paperId, BlockBlobClient copy, CancellationToken cancel)
    {
        var own = await keys.OfAsync(applicationId, cancel);
        await using var box = new SealingStream(await PaperBlobs.ReadAsync(copy, cancel), own.Applicant, ContextOf(applicationId, paperId));
        await PaperBlobs.UploadAsync(papers.GetBlockBlobClient($"{applicationId}/{paperId}"), box, time.GetUtcNow(), cancel);
    }

    private static string ContextOf(string applicationId, string paperId) => $"paper\n{applicationId}\n{paperId}";

    private string IdOf(string applicationId, string kind, string sha256) =>
        Convert.ToHexStringLower(secrets.Mac(SecretPurpose.GeneratedNames, $"paper\n{applicationId}\n{kind}\n{sha256}").AsSpan(0, 16));
}
