namespace Subsidy.Core.Payments;

/// <summary>Folds events into the run. It never refuses: what is in the stream has happened.</summary>
public static class PayRunFold
{
    public static PayRun Evolve(PayRunId id, PayRun? run, PayRunRecorded recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var next = recorded.Event is RunOpened opened ? Begin(id, opened, recorded) : Apply(Existing(id, run, recorded), recorded);
        return next with { Version = recorded.Number, UpdatedAt = recorded.At };
    }

    public static PayRun Fold(PayRunId id, IEnumerable<PayRunRecorded> events) =>
        events.Aggregate((PayRun?)null, (run, recorded) => Evolve(id, run, recorded)) ?? throw new InvalidOperationException($"{id}: the stream is empty.");

    private static PayRun Begin(PayRunId id, RunOpened e, PayRunRecorded recorded) => new()
    {
        Id = id,
        Version = recorded.Number,
        State = PayRunState.Collecting,
        Until = e.Until,
        Debtor = e.Debtor,
        Preparer = e.Preparer,
        PreparerPerson = e.Person,
        Key = e.Key,
        OpenedAt = recorded.At,
        UpdatedAt = recorded.At,
    };

    private static PayRun Apply(PayRun run, PayRunRecorded recorded) => recorded.Event switch
    {
        LinesCollected e => run with { State = PayRunState.Looking, Chunks = e.Chunks, Lines = e.Lines },
        PayeesLookedUp => run with { State = PayRunState.Gathering },
        RunPrepared e => run with { State = PayRunState.Prepared, Prepared = e.Preparation },
        ApproversNamed e => run with { Asking = new Asking(recorded.Number, e.Reminder, [.. e.Staff.Select(id => new AskedApprover(id))], e.RemindAt) },
        AskingTaken e => run with { Asking = run.Asking! with { TakenUntil = e.Until } },
        ApproverAsked e => run with { Asking = run.Asking!.With(e.Staff, approver => approver with { State = AskedState.Sent, NotBefore = null }) },
        ApproverNotAsked e => run with
        {
            Asking = run.Asking!.With(e.Staff, approver => approver with
            {
                State = e.NotBefore is null ? AskedState.Unreached : AskedState.Unsent,
                Attempts = e.Attempts,
                NotBefore = e.NotBefore,
            }),
        },
        ApprovalMailReturned e => run with { Asking = run.Asking!.With(e.Staff, approver => approver with { State = AskedState.Unreached }) },
        RunApproved e => run with { State = PayRunState.Committing, Approved = new Signature(e.Approver, recorded.At) },
        RunCommitted e => run with
        {
            State = PayRunState.Writing,
            Ordered = e.Order,
            Outcomes = new Dictionary<LineOutcome, Total> { [LineOutcome.Pending] = e.Order.Total },
        },
        FilesWritten e => run with { State = PayRunState.Sent, File = e.File, OneCard = e.OneCard },
        FileDownloaded e => run with { Downloads = new Dictionary<BankFileKind, Signature>(run.Downloads) { [e.Kind] = new Signature(e.Staff, recorded.At) } },
        AnswerProposed e => run with { Proposed = new ProposedAnswer(e.MessageId, e.CreatedAt, e.Sha256, e.Staff, e.Person, recorded.At) },
        AnswerDeclined => run with { Proposed = null },
        AnswerTaken e => run with
        {
            // The bank may have put the same into the inbox meanwhile. Another stays until a person has dealt with it, also when it is too old by now.
            Proposed = run.Proposed?.MessageId == e.MessageId ? null : run.Proposed,
            Answer = new AnswerInHand(recorded.Number, e.MessageId, e.CreatedAt, e.Sha256),
            Answers = run.Answers + 1,
            AnsweredAt = e.CreatedAt,
        },
        AnswerApplied e => run with { Answer = null, Outcomes = e.Outcomes },
        DisputeEnded e => run with { Outcomes = Ended(run.Outcomes, e) },
        DiscardOrdered e => run with { State = PayRunState.Discarding, Discarded = new Signature(e.Staff, recorded.At) },
        RunDiscarded => run with { State = PayRunState.Discarded },
        RunClosed => run with { State = PayRunState.Closed },
        _ => run,
    };

    private static SortedDictionary<LineOutcome, Total> Ended(IReadOnlyDictionary<LineOutcome, Total> outcomes, DisputeEnded e)
    {
        var one = new Total(1, e.Amount);
        var open = outcomes[LineOutcome.Disputed];
        var rest = new Total(open.Count - one.Count, open.Sum - one.Sum);
        return Total.Merge([
            outcomes.Where(outcome => outcome.Key is not LineOutcome.Disputed).ToDictionary(),
            rest.Count == 0 ? new Dictionary<LineOutcome, Total>() : new Dictionary<LineOutcome, Total> { [LineOutcome.Disputed] = rest },
            new Dictionary<LineOutcome, Total> { [e.Outcome] = one },
        ]);
    }

    private static PayRun Existing(PayRunId id, PayRun? run, PayRunRecorded recorded) =>
        run ?? throw new InvalidOperationException($"{id}: the stream begins with {recorded.Event.GetType().Name}.");
}
