using Subsidy.Core.Applications;
using Subsidy.Core.Applications.Deciding;
using Subsidy.Core.Calendar;
using Subsidy.Core.Township;

namespace Subsidy.Core.Payments;

/// <summary>What a command does to a pay run.</summary>
/// <param name="Events">Empty when it was refused, or was done before.</param>
public sealed record PayRunDecided(PayRun? Run, IReadOnlyList<PayRunRecorded> Events, Refusal? Refusal);

/// <summary>
/// What a command does to a pay run: a pure function. Nobody approves what they prepared, nor what they were not shown (DESIGN: promise
/// 2); and once approved a run only shrinks.
/// </summary>
public static class PayRunDecider
{
    /// <param name="run">Null before the first command.</param>
    /// <param name="staff">Who holds which role at this moment.</param>
    public static PayRunDecided Decide(PayRun? run, PayRunCommand command, TownshipRegister staff, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(staff);
        if (run is null && command is not OpenRun)
            return new PayRunDecided(null, [], Refusal.Of(RefusalCode.NotFound, "没有这个发放批次。", "There is no such pay run."));
        var (refusal, events) = command switch
        {
            OpenRun c => Open(run, c, staff, now),
            ApproveRun c => Approve(run!, c, staff),
            DiscardRun c => Discard(run!, c, staff),
            RecordDownload c => Download(run!, c, staff),
            ClearFlag c => Clear(run!, c, staff),
            TakeAnswer or ProposeAnswer or ConfirmAnswer or DeclineAnswer => AnswerTaking.Decide(run!, command, staff),
            EndDispute c => End(run!, c, staff),
            AskApprovers or RecordAsked or RecordNotAsked or RecordReturnedMail => (null, ApprovalAsking.Decide(run!, command, staff, now)),
            _ => (null, End(run!, command, now)),
        };
        var recorded = events.Select((e, i) => new PayRunRecorded((run?.Version ?? 0) + i + 1, now, command.Actor, e)).ToList();
        var id = run?.Id ?? ((OpenRun)command).Run;
        return new PayRunDecided(recorded.Aggregate(run, (next, one) => PayRunFold.Evolve(id, next, one)), recorded, refusal);
    }

    private static (Refusal?, PayRunEvent[]) Open(PayRun? run, OpenRun c, TownshipRegister staff, DateTimeOffset now)
    {
        if (run is not null)
        {
            return run.Key == c.Key && run.Until == c.Until && run.Preparer == c.Staff
                ? (null, [])
                : (Refusal.Of(
                    RefusalCode.AlreadyDone,
                    $"批次{c.Run}已经建立，截止日期{run.Until:yyyy-MM-dd}。要另建批次，请重新打开页面。",
                    $"Pay run {c.Run} exists already, up to {run.Until:yyyy-MM-dd}. To prepare another, open the page anew."), []);
        }
        if (!Holds(staff, c.Staff, Roles.FinancePreparer))
            return (NotAllowed("只有财务经办可以建立发放批次。", "Only who prepares pay runs may open one."), []);
        if (c.Until > new DateOnly(c.Run.Fund.Year, 12, 31) && c.Until > ChinaTime.DateOf(now))
        {
            return (Refusal.Invalid(new Fault("/until", new Text(
                $"截止日期不能晚于{c.Run.Fund.Year}年12月31日。", $"A pay run goes up to the end of {c.Run.Fund.Year} at the latest."))), []);
        }
        if (c.Run.ToString().Length > PayRunId.MaxLength)
        {
            return (Refusal.Of(
                RefusalCode.Invalid,
                $"资金编号“{c.Run.Fund.Code}”太长：批次号{c.Run}超过银行允许的{PayRunId.MaxLength}个字符。",
                $"The fund's id '{c.Run.Fund.Code}' is too long: {c.Run} has more than the {PayRunId.MaxLength} characters that banks take."), []);
        }
        return (null, [new RunOpened(c.Until, c.Debtor, c.Staff, c.Key, staff.Find(c.Staff)?.Person)]);
    }

    private static (Refusal?, PayRunEvent[]) Approve(PayRun run, ApproveRun c, TownshipRegister staff)
    {
        if (run.Approved is { } before)
            return (Told(staff, before, "批准", "approved"), []);
        if (run.Discarded is { } given)
            return (Told(staff, given, "取消", "discarded"), []);
        if (!Approvers.HoldsRole(c.Staff, staff))
            return (NotAllowed("只有财务审批人可以批准发放批次。", "Only who approves pay runs may do so."), []);
        if (Approvers.IsPreparer(run, c.Staff, staff))
            return (NotAllowed("经办人不能批准自己建立的批次，须由另一人批准。", "Who prepared a pay run may not approve it: another person must."), []);
        if (Approvers.IsConcerned(run, c.Staff, staff))
            return (NotAllowed("批次中有您本人、本户或亲属的款项，须由另一人批准。", "This pay run pays your own household or a declared relative: another person must approve it."), []);
        if (Approvers.HasDecided(run, c.Staff, staff))
        {
            return (NotAllowed(
                "批次中有您在其他环节审批过的申请，须由另一人批准。",
                "You have decided about an application in this pay run at another gate: another person must approve it."), []);
        }
        if (run is not { State: PayRunState.Prepared, Prepared: { } prepared })
            return (Refusal.Of(RefusalCode.MovedOn, "批次还在准备，请稍后再看。", "The pay run is still being prepared; please look again later."), []);
        if (prepared.Digest != c.Digest)
            return (Refusal.Of(RefusalCode.MovedOn, "批次内容与您看到的不同，请重新查看。", "The pay run is not what you were shown. Please look at it again."), []);
        return prepared.Included.Count == 0
            ? (Refusal.Of(RefusalCode.Invalid, "批次中没有可发放的款项。", "There is nothing to pay in this run."), [])
            : (null, [new RunApproved(c.Staff, c.Digest)]);
    }

    private static (Refusal?, PayRunEvent[]) Discard(PayRun run, DiscardRun c, TownshipRegister staff)
    {
        if (run.Discarded is { } before)
            return (Told(staff, before, "取消", "discarded"), []);
        if (staff.Find(c.Staff) is not { OfFinance: true })
            return (NotAllowed("只有财务人员可以取消发放批次。", "Only finance staff may discard a pay run."), []);
        if (run.Approved is { } approved)
            return (Told(staff, approved, "批准", "approved"), []);
        if (string.IsNullOrWhiteSpace(c.Reason))
            return (Refusal.Of(RefusalCode.Invalid, "请写明取消的原因。", "Please give a reason."), []);
        // Before the chunks are counted nothing is gathered that would have to be given back.
        return (null, run.State is PayRunState.Collecting
            ? [new DiscardOrdered(c.Staff, c.Reason), new RunDiscarded()]
            : [new DiscardOrdered(c.Staff, c.Reason)]);
    }

    private static (Refusal?, PayRunEvent[]) Download(PayRun run, RecordDownload c, TownshipRegister staff)
    {
        if (staff.Find(c.Staff) is not { OfFinance: true })
            return (NotAllowed("只有财务人员可以下载银行文件。", "Only finance staff may download bank files."), []);
        if (run.FileOf(c.Kind) is null)
            return (Refusal.Of(RefusalCode.NotFound, "没有这个文件。", "There is no such file."), []);
        var other = run.OtherDownload(c.Kind);
        if (other is null || c.Instead)
            return (null, [new FileDownloaded(c.Kind, c.Staff, other is not null)]);
        var name = staff.NameOf(other.Staff);
        return (Refusal.Of(
            RefusalCode.Invalid,
            $"{name}已于{ChinaTime.Say(other.At)}下载本批的另一种文件。两种文件只能交出一种，否则会重复支付；请先确认另一种没有交出。",
            $"{name} downloaded the other file of this run on {ChinaTime.Say(other.At)}. Only one of the two may be handed in, or everybody is paid twice. Please confirm first that the other is not."), []);
    }

    private static (Refusal?, PayRunEvent[]) Clear(PayRun run, ClearFlag c, TownshipRegister staff)
    {
        if (!Holds(staff, c.Staff, Roles.FinanceApprover))
            return (NotAllowed("只有财务审批人可以处理疑点。", "Only who approves pay runs may clear a flag."), []);
        if (Approvers.IsPreparer(run, c.Staff, staff))
            return (NotAllowed("经办人不能处理自己批次中的疑点，须由另一人处理。", "Who prepared a pay run does not clear its flags: another person must."), []);
        if (c.Kind is FlagKind.Staff or FlagKind.Relative && staff.IsSamePerson(c.Subject, c.Staff))
            return (NotAllowed("不能处理与本人或本人亲属有关的疑点。", "Nobody clears a flag about themselves or a relative of theirs."), []);
        if (Kinship(staff, c.Staff, c.Persons) is { } kinship)
            return (kinship, []);
        return string.IsNullOrWhiteSpace(c.Reason)
            ? (Refusal.Of(RefusalCode.Invalid, "请写明核实情况。", "Please say what was found out."), [])
            : (null, [new FlagCleared(c.Entitlement, c.Kind, c.Subject, c.Other, c.Staff, c.Reason)]);
    }

    private static (Refusal?, PayRunEvent[]) End(PayRun run, EndDispute c, TownshipRegister staff)
    {
        if (!Approvers.HoldsRole(c.Staff, staff) || Approvers.IsPreparer(run, c.Staff, staff))
            return (NotAllowed("只有财务审批人、且不是本批经办人，可以处理争议款项。", "Only who approves pay runs, and did not prepare this one, may end a dispute."), []);
        if (Kinship(staff, c.Staff, c.Persons) is { } kinship)
            return (kinship, []);
        if (c.Before is { } before)
            return (Told(staff, new Signature(before.Staff, before.At), "处理", "dealt with the payment in"), []);
        if (run.Answer is not null)
            return (Refusal.Of(RefusalCode.MovedOn, "银行的回执还在处理，请稍后再试。", "An answer of the bank is still being applied. Please try again in a moment."), []);
        if (string.IsNullOrWhiteSpace(c.Reason))
            return (Refusal.Of(RefusalCode.Invalid, "请写明核实情况。", "Please say what was found out."), []);
        if (run.Outcomes.GetValueOrDefault(LineOutcome.Disputed).Count == 0)
            return (Refusal.Of(RefusalCode.Invalid, "这笔款项没有争议。", "Nothing about this payment is disputed."), []);
        var ended = new DisputeEnded(c.Entitlement, c.Attempt, c.Amount, c.Outcome, c.Staff, c.Reason);
        var last = run.Outcomes[LineOutcome.Disputed].Count == 1 && run.Outcomes.GetValueOrDefault(LineOutcome.Pending).Count == 0;
        return (null, last && run.State is PayRunState.Sent ? [ended, new RunClosed()] : [ended]);
    }

    /// <summary>Ends of phases: in the phase they end they count, at any other time they are late and change nothing.</summary>
    private static PayRunEvent[] End(PayRun run, PayRunCommand command, DateTimeOffset now) => (command, run.State) switch
    {
        (EndCollecting c, PayRunState.Collecting) => [new LinesCollected(c.Chunks, c.Lines)],
        (EndLooking, PayRunState.Looking) => [new PayeesLookedUp()],
        (EndGathering c, PayRunState.Gathering) => [new RunPrepared(c.Preparation)],
        (DropLines { Lines.Count: > 0 } c, PayRunState.Committing) => [new LinesDropped(c.Chunk, c.Lines)],
        (EndCommitting { Total.Count: 0 }, PayRunState.Committing) => [new RunClosed()],
        (EndCommitting c, PayRunState.Committing) => [new RunCommitted(new Order(c.Total, Later(run.Until, ChinaTime.DateOf(now)), now, c.Digest))],
        (EndWriting c, PayRunState.Writing) => [new FilesWritten(c.File, c.OneCard)],
        (EndDiscarding, PayRunState.Discarding) => [new RunDiscarded()],
        (EndAnswering c, PayRunState.Sent or PayRunState.Closed) when run.Answer?.Number == c.Answer =>
            run.State is PayRunState.Sent && c.Outcomes.GetValueOrDefault(LineOutcome.Pending).Count == 0
            && c.Outcomes.GetValueOrDefault(LineOutcome.Disputed).Count == 0
                ? [new AnswerApplied(run.Answer.MessageId, c.Outcomes), new RunClosed()]
                : [new AnswerApplied(run.Answer.MessageId, c.Outcomes)],
        _ => [],
    };

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static bool Holds(TownshipRegister staff, string id, string role) => staff.Find(id)?.Holds(role) is true;

    private static Refusal? Kinship(TownshipRegister staff, string id, IReadOnlyList<PersonKey> persons) =>
        staff.Find(id) is { } member && Eligibility.Kinship(persons, member) is { } kinship ? new Refusal(RefusalCode.NotAllowed, [new Fault("", kinship)]) : null;

    private static Refusal NotAllowed(string zh, string en) => Refusal.Of(RefusalCode.NotAllowed, zh, en);

    private static Refusal Told(TownshipRegister staff, Signature who, string zh, string en)
    {
        var name = staff.NameOf(who.Staff);
        return Refusal.Of(RefusalCode.AlreadyDone, $"{name}已于{ChinaTime.Say(who.At)}{zh}这个批次。", $"{name} {en} this pay run on {ChinaTime.Say(who.At)}.");
    }
}
