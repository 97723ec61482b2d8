using Subsidy.Core.Applications;

namespace Subsidy.Storage.Indexes;

/// <summary>What waits for a member of staff.</summary>
public sealed class WorkList
{
    private readonly IndexReader reader;

    internal WorkList(IndexReader reader) => this.reader = reader;

    /// <summary>The most urgent first.</summary>
    public async Task<IReadOnlyList<WorkEntry>> ForAsync(string staff, CancellationToken cancel)
    {
        var applications = await reader.ApplicationsAsync(IndexRows.Work(staff), cancel);
        return
        [
            .. from application in applications
               from assignment in application.Assignments
               let seat = assignment.SeatOf(staff)
               where seat is not null
               orderby assignment.Due, application.Id
               select new WorkEntry(application, assignment, seat.Candidates.First(candidate => candidate.Staff == staff).Link),
        ];
    }
}

/// <param name="Link">Number that a decision link for this person must carry.</param>
public sealed record WorkEntry(Application Application, Assignment Assignment, int Link);
