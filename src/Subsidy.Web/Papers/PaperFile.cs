using Subsidy.Core.Applications;

namespace Subsidy.Web.Papers;

/// <summary>A paper of an application, with what its stream says of it.</summary>
/// <param name="FileName">As the person's device called it; null once erased.</param>
/// <param name="Staff">Who took it, for a picture of a reviewer; null for the applicant's own.</param>
public sealed record PaperFile(Paper Paper, string? FileName, DateTimeOffset At, string? Staff)
{
    /// <summary>It is the picture of a receipt that a payee has signed.</summary>
    public bool Receipt { get; init; }

    /// <summary>In the order in which they came.</summary>
    public static IReadOnlyList<PaperFile> Of(IEnumerable<Recorded> events) => [.. events.SelectMany(recorded => recorded.Event switch
    {
        PaperAdded added => [new PaperFile(added.Paper, added.FileName, recorded.At, null)],
        Voted voted => voted.Photos.Select(photo => new PaperFile(photo, null, recorded.At, voted.Staff)),
        HandOverSigned signed => signed.Photos.Select(photo => new PaperFile(photo, null, recorded.At, signed.Payer) { Receipt = true }),
        _ => Enumerable.Empty<PaperFile>(),
    })];

    /// <summary>A name for the person's device: its own, or the kind and number with the right ending.</summary>
    public string DownloadName => FileName ?? $"{Paper.Kind}-{Paper.Sha256[..8]}{Ending}";

    private string Ending => Paper.ContentType switch
    {
        "application/pdf" => ".pdf",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/heic" => ".heic",
        _ => "",
    };
}
