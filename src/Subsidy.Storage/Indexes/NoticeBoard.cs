using Subsidy.Core.Applications;

namespace Subsidy.Storage.Indexes;

/// <summary>Public notices.</summary>
public sealed class NoticeBoard
{
    private readonly IndexReader reader;

    internal NoticeBoard(IndexReader reader) => this.reader = reader;

    /// <summary>Applications whose notice is posted now, an objection's stopped clock included; the latest first.</summary>
    public async Task<IReadOnlyList<Application>> InForceAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var applications = await reader.ApplicationsAsync(IndexRows.Notices, cancel);
        return
        [
            .. applications
                .Where(application => application.Notice is { } notice && (notice.Until ?? DateTimeOffset.MaxValue) > now)
                .OrderByDescending(application => application.Notice!.From)
                .ThenBy(application => application.Id),
        ];
    }
}
