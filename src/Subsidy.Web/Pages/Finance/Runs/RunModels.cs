using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <param name="Runs">The latest first.</param>
/// <param name="Funds">Those that a run can be prepared for.</param>
public sealed record RunsModel(IReadOnlyList<PayRun> Runs, IReadOnlyList<NamedFund> Funds, StaffMember Staff, FormState State)
{
    public bool MayPrepare => Staff.Holds(Roles.FinancePreparer);
    public bool MayUpload => Staff.OfFinance;
}

/// <param name="Fund">What the fund is called.</param>
/// <param name="Work">What is being done, and what of it is left; null while people or the bank are awaited.</param>
/// <param name="Lines">One chunk of them.</param>
/// <param name="NextRemarkable">The next chunk with lines that somebody may have to see to; null where there is none.</param>
/// <param name="Refused">Why the core would refuse a command at this moment; null when it would take it.</param>
public sealed record RunModel(
    PayRun Run, Text Fund, PayRunWork? Work, PayChunk? Lines, int? NextRemarkable, IReadOnlyList<Scheme> Schemes, TownshipRegister Township,
    StaffMember Staff, Func<PayRunCommand, Refusal?> Refused, FormState State)
{
    /// <summary>Nobody waits for mails to go out.</summary>
    public PayRunPhase? Phase => Work?.Phase is PayRunPhase.Ask ? null : Work?.Phase;

    public bool MayApprove => Run is { State: PayRunState.Prepared, Prepared.Included.Count: > 0 } && Approvers.MayApprove(Run, Staff.Id, Township);
    public bool MayDiscard => Run is { Approved: null, Discarded: null } && Staff.OfFinance;
    public bool MayDownload => Run.File is not null && Staff.OfFinance;
    public bool MayEnter => MayDownload && Run is { State: PayRunState.Sent or PayRunState.Closed, Proposed: null, Answer: null };

    public bool MayEnd(PayLine line) => Refused(
        new EndDispute(Staff.Id, line.Entitlement, line.Attempt, line.Amount, line.DisputeEnded, LineOutcome.Resolved, "-") { Persons = line.Persons })
        is not { Code: RefusalCode.NotAllowed };

    /// <summary>Those of the application on the other side are looked at when it is done.</summary>
    public bool MayClear(PayLine line, Flag flag) => Refused(
        new ClearFlag(Staff.Id, line.Entitlement, flag.Kind, flag.Subject, flag.Other, "-") { Persons = line.Persons }) is null;

    public string Name(string staff) => Township.NameOf(staff);
}

/// <param name="Token">Of the link; it stands in the addresses of this page and nowhere else.</param>
/// <param name="Fund">What the fund is called.</param>
/// <param name="Own">What the link's person decided; null when they have not.</param>
/// <param name="Staff">The link's person.</param>
public sealed record ApprovalModel(
    string Token, PayRun Run, Text Fund, Signature? Own, IReadOnlyList<Scheme> Schemes, TownshipRegister Township, StaffMember? Staff, FormState State);

/// <param name="Receipt">Of the answer that was just uploaded; null otherwise.</param>
public sealed record AnswersModel(AnswerReceipt? Receipt, IReadOnlyList<RefusedAnswer> Refused, TownshipRegister Township, bool MayUpload, FormState State);

/// <inheritdoc cref="RunModel" path="/param[@name='Refused']"/>
/// <param name="Answers">How many were taken before.</param>
public sealed record ProposedAnswerModel(
    PayRunId Run, AnswerPreview Preview, TownshipRegister Township, Func<PayRunCommand, Refusal?> Refused, StaffMember Staff, int Answers)
{
    /// <summary>Why this member of staff may not confirm it, or nobody at this moment; null when they may.</summary>
    public Text? WhyNot => Refused(new ConfirmAnswer(Staff.Id, Preview.Answer.Sha256, Answers))?.Faults[0].Message;
    public bool MayDecline => Refused(new DeclineAnswer(Staff.Id, Preview.Answer.Sha256, "-")) is null;
}

public sealed record SpokenAnswerModel(PayRunId Run, FormState State);

public sealed record HoldsModel(
    IReadOnlyList<Hold> Active, IReadOnlyList<Hold> Lifted, IReadOnlyList<Scheme> Schemes, IReadOnlyList<FundSource> Funds, TownshipRegister Township,
    bool MayHold, DateOnly Today, FormState State);
