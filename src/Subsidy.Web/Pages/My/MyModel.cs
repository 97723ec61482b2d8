using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Township;
using Subsidy.Web.History;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Views;

namespace Subsidy.Web.Pages.My;

/// <param name="History">What the applicant may read of the stream, oldest first.</param>
/// <param name="MayWithdraw">As the core says at this moment.</param>
public sealed record MyModel(
    CaseFile Case, IReadOnlyList<HistoryEntry> History, bool MayWithdraw, bool MayAppeal, bool MayCorrectPayee, bool MayReportChange, TownshipRegister Township)
{
    public Application Application => Case.Application;

    public IReadOnlyList<string> Reasons =>
        Case.Events.Select(e => e.Event).OfType<Rejected>().LastOrDefault()?.Reasons ?? [];

    /// <summary>That somebody has stopped the payments; null where nobody has, or an appeal against it was upheld.</summary>
    public PaymentsStopped? Stop => Application.Stopped is null
        ? null
        : Case.Events.Select(e => e.Event).OfType<PaymentsStopped>().LastOrDefault() is { Staff: not null } stopped ? stopped : null;

    /// <summary>Where a re-check has changed the amount: from when on, and what it was before.</summary>
    public AmountSet? Changed => Case.Events.Select(e => e.Event).OfType<AmountSet>().LastOrDefault() is { From: not null } changed ? changed : null;

    public IReadOnlyList<Payment> Payments { get; } = PaymentList.Of(Case.Events);

    public IReadOnlyList<Recovery> Recoveries { get; } = RecoveryList.Of(Case.Events);

    /// <summary>Calendar years in which something was paid, in order.</summary>
    public IReadOnlyList<int> PaidYears =>
        [.. Payments.Where(one => one.State is EntitlementState.Paid).Select(one => ChinaTime.DateOf(one.Since).Year).Distinct().Order()];

    /// <summary>The account that a payment failed for, where it is the applicant who can mend it.</summary>
    public Payment? Unpaid => Payments.LastOrDefault(one => one is { State: EntitlementState.Failed, Code: { } code } && ReasonCodes.Of(code).Mender is Mender.Payee);

    /// <summary>Null where it follows from how the application ended.</summary>
    public string? ReasonOf(Recovery recovery) => RecoveryView.ReasonOf(recovery, Case.Events);

    /// <summary>By when the applicant will hear from the step that is running.</summary>
    public (DateTimeOffset At, bool Estimate)? Due => Application.Assignments.Count == 0
        ? null
        : Application.Assignments.Select(assignment => (assignment.Due, assignment.Estimate)).Max();
}
