using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Cases;

/// <param name="Step">The step whose reviewer took the picture; null for the applicant's papers.</param>
public sealed record FiledPaper(Paper Paper, string? FileName, DateTimeOffset At, string? Step)
{
    public static IEnumerable<FiledPaper> Of(Recorded recorded) => recorded.Event switch
    {
        PaperAdded added => [new FiledPaper(added.Paper, added.FileName, recorded.At, null)],
        Voted vote => vote.Photos.Select(photo => new FiledPaper(photo, null, recorded.At, vote.Assignment)),
        _ => [],
    };
}
