using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <param name="Events">In order of their numbers.</param>
/// <param name="Staff">Who reads it.</param>
public sealed record RunHistoryModel(
    PayRunId Run, IReadOnlyList<PayRunHistoryEvent> Events, HistoryVerdict Verdict, IReadOnlyList<Scheme> Schemes, TownshipRegister Township, StaffMember Staff)
{
    public bool IsAuditor => Staff.Holds(Roles.Auditor);

    public string Name(string staff) => Township.NameOf(staff);

    /// <summary>Which download of a file of this kind it was; 1 for the first.</summary>
    public int DownloadNumber(PayRunRecorded download, BankFileKind kind) =>
        Events.Count(one => one.Recorded is { Event: FileDownloaded other } recorded && other.Kind == kind && recorded.Number <= download.Number);
}

/// <summary>Something that an event says, beside what happened.</summary>
/// <param name="Address">Where more is told of it.</param>
/// <param name="Code">A row of letters and digits, for machines and for comparing.</param>
public sealed record RunFact(string Label, string Value, string? Address = null, bool Code = false);
