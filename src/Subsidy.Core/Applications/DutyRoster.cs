using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications;

/// <summary>What an event asks to be done outside the stream.</summary>
public static class DutyRoster
{
    /// <param name="before">The application before the event; null for the first.</param>
    public static Application After(Application now, Application? before, Recorded recorded)
    {
        var duties = now.Duties.ToList();
        if (recorded.Event is DutiesSettled settled)
            Settle(duties, settled, now, recorded.Number);
        else if (recorded.Event is not StatementDrawn) // No row tells of it.
            AddIndex(duties, now, recorded.Number);
        if (recorded.Event is MailBounced bounced)
            duties.RemoveAll(duty => duty.Id == bounced.Duty);

        foreach (var duty in For(now, before, recorded).Concat(Retract(now, before, recorded)).DistinctBy(duty => duty.Id))
        {
            if (duty is ReleaseClaims)
                duties.RemoveAll(other => other is TakeClaims);
            if (duty is ReleaseFunds given)
                duties.RemoveAll(other => Orders(other) == given.Entitlement);
            if (duty is SendMail mail) // What could not be sent so far says nothing that the new one does not say.
                duties.RemoveAll(other => other is SendMail old && (old.Mail, old.Staff, old.Assignment) == (mail.Mail, mail.Staff, mail.Assignment)
                    && (mail.Assignment is not null || old.Link == mail.Link));
            duties.Add(duty);
        }

        // The books refuse what was repaid of it as well, where they did not know of it in time: people are told that somebody is owed that.
        if (recorded.Event is RecoveryDropped dropped)
            duties.RemoveAll(duty => duty is PostRecovery { End: not (ClaimEnd.Offset or ClaimEnd.Repaid) } post && post.Recovery == dropped.Recovery);
        // The books refuse to keep back for a claim that is gone: people are told, for as long as somebody is owed what was kept back.
        if (recorded.Event is FundsReleased gone)
            duties.RemoveAll(duty => duty is PostRecovery { End: ClaimEnd.Offset } post && post.Document == gone.Entitlement && now.Recoveries.All(x => x.Id != post.Recovery));

        // Nobody is asked to sign what is over or what they have refused, and the books are not told to begin it.
        if (recorded.Event is HandOverRefused refused)
            duties.RemoveAll(duty => duty is SendMail { Mail: MailKind.HandOverWitness or MailKind.HandOverOverdue } mail && mail.Link == refused.HandOver);
        if (HandOverEnded(recorded.Event) is { } ended)
        {
            duties.RemoveAll(duty => duty is SendMail { Mail: MailKind.HandOverWitness or MailKind.HandOverOverdue or MailKind.HandOverRefused } mail && mail.Link == ended);
            duties.RemoveAll(duty => duty is PostHandOver { Order: HandOverOrder.HandOut } post && post.HandOver == ended);
        }

        // Nothing is issued any more, and nobody is asked about a question that is closed.
        if (now.Final)
            duties.RemoveAll(duty => duty is NumberPermits);
        duties.RemoveAll(duty => duty is SendMail { Staff: not null, Assignment: { } key } && now.Assignments.All(a => a.Key != key));
        return now with { Duties = duties };
    }

    private static IEnumerable<Duty> For(Application a, Application? before, Recorded recorded)
    {
        var n = recorded.Number;
        return recorded.Event switch
        {
            Submitted e => [new TakeClaims(Id(a, n, "claims"), e.Claims)],
            Amended e => Claims(a, before!, e, n),
            ClaimsTaken when a.Step is null => Applicant(a, n, MailKind.Accepted),
            DuplicateFound => [.. Release(a, n), .. AskBack(a, n, all: true), .. Applicant(a, n, MailKind.Duplicate)],
            Assigned e =>
            [
                .. Reviewers(a, n, e.Key, MailKind.Invitation, e.Seats.SelectMany(seat => seat.Staff)),
                .. e.Kind is AssignmentKind.Recheck ? Applicant(a, n, MailKind.Recheck) : [],
            ],
            SeatFilled e => Reviewers(a, n, e.Assignment, MailKind.Invitation, e.Staff),
            LinkRenewed e => Reviewers(a, n, e.Assignment, MailKind.Invitation, [e.Staff]),
            Delegated e => Reviewers(a, n, e.Assignment, MailKind.Invitation, [e.To]),
            Reminded e => Reviewers(a, n, e.Assignment, MailKind.Reminder, Open(a, e.Assignment)),
            Escalated e when a.Assignments.First(x => x.Key == e.Assignment).Blocked => Reviewers(a, n, e.Assignment, MailKind.Blocked, e.To),
            Escalated e =>
            [
                .. Reviewers(a, n, e.Assignment, MailKind.Reminder, Open(a, e.Assignment)),
                .. Reviewers(a, n, e.Assignment, MailKind.Overdue, e.To),
            ],
            Returned => Applicant(a, n, MailKind.Returned),
            LapseWarned => Applicant(a, n, MailKind.LapseWarning),
            Lapsed or Withdrawn when before!.Status is Status.Draft => [new DiscardPapers(Id(a, n, "discard"))],
            Lapsed e => [.. Release(a, n), .. Applicant(a, n, MailKind.Lapsed), .. Finance(a, n, e.Told)],
            Reopened => [new TakeClaims(Id(a, n, "claims"), a.Claims), .. Applicant(a, n, MailKind.Reopened)],
            NoticePosted => Applicant(a, n, MailKind.Posted),
            Objected { Anonymous: false } => Applicant(a, n, MailKind.Objected),
            SupplementAsked => Applicant(a, n, MailKind.SupplementAsked),
            RectificationOrdered => Applicant(a, n, MailKind.Rectify),
            WaitingCalled e =>
            [
                .. a.Waiting!.Kind is WaitingKind.Funds or WaitingKind.Issue ? [] : Applicant(a, n, MailKind.RequestReminder),
                .. e.Staff.Select(staff => new SendMail(Id(a, n, $"mail-{staff}"), MailKind.Overdue, staff, null, 0, 0)),
            ],
            IssueOrdered e => [new NumberPermits(Id(a, n, "permits"), e.Step, e.Certificates)],
            PermitsIssued => Applicant(a, n, MailKind.Issued),
            EntitlementGranted e => [Reserve(a, e.Entitlement, n), .. e.Next is null ? Applicant(a, n, MailKind.Approved) : []],
            FundsLapsed e => [Reserve(a, e.Entitlement, n)],
            EntitlementCancelled e => [Release(a, e.Entitlement, n)],
            FundsReserved e when a.Entitlements.Any(x => x.Id == e.Entitlement && x is { State: EntitlementState.Cancelled, HandOver: not null }) => [Release(a, e.Entitlement, n)],
            PaymentsBegun => Applicant(a, n, MailKind.Approved),
            PaymentsStopped e => [.. e.AppealUntil is null ? AskBack(a, n, all: false) : [], .. Applicant(a, n, MailKind.PaymentsStopped)],
            StopFinal => AskBack(a, n, all: false),
            AmountSet { From: not null } => Applicant(a, n, MailKind.AmountChanged),
            FundsQueued => Applicant(a, n, MailKind.FundsQueued),
            PaidShort e => Finance(a, n, e.Told),
            Paid e => [Publish(a, e.Entitlement, n), .. Applicant(a, n, MailKind.Paid)],
            PaymentFailed e when a.Entitlements.Any(x => x.Id == e.Entitlement && x.State is EntitlementState.Cancelled) => [Release(a, e.Entitlement, n)],
            PaymentFailed { CallAt: not null } or PaymentReturned { CallAt: not null } => Applicant(a, n, MailKind.PaymentFailed),
            PayeeDecided { Accepted: false } => Applicant(a, n, MailKind.PayeeRefused),
            PayeeCalled e => [.. Applicant(a, n, MailKind.PaymentFailed), .. Finance(a, n, e.Staff)],
            PaymentRetried e => [Retry(a, e, n)],
            RecoveryOpened e => [Post(a, n, e.Recovery, 0, e.Amount, null, e.Recovery), .. Applicant(a, n, MailKind.RecoveryOpened)],
            RecoveryRaised e => [Post(a, n, e.Recovery, e.Entry, e.Amount, null, e.Recovery), .. Applicant(a, n, MailKind.RecoveryOpened)],
            RecoveryDropped e => Finance(a, n, e.Told),
            EarlierPeriodsFound { More: true } e => [new AskBack(Id(a, n, "askBack"), e.All)],
            RecoveryRepaid e => [Post(a, n, e.Recovery, e.Entry, e.Amount, ClaimEnd.Repaid, e.Document)],
            RecoveryOffset e => [Post(a, n, e.Recovery, e.Entry, e.Amount, ClaimEnd.Offset, e.Entitlement)],
            RecoveryOffsetUndone e => [Post(a, n, e.Recovery, e.Entry, e.Amount, ClaimEnd.OffsetUndone, e.Entitlement)],
            WriteOffDecided { Accepted: true } e => [Post(a, n, e.Recovery, e.Entry, e.Amount, ClaimEnd.WrittenOff, e.Recovery)],
            HandOverSigned e => [Post(a, n, e.Entitlement, HandOverOrder.HandOut)],
            HandOverHeld e => Witness(a, n, e.Entitlement),
            HandOverCalled e when a.Entitlements.Any(x => x.Id == e.Entitlement && x.HandOver!.Refused) => Mails(a, n, e.Entitlement, MailKind.HandOverRefused, e.Staff),
            HandOverCalled e => [.. Witness(a, n, e.Entitlement), .. Mails(a, n, e.Entitlement, MailKind.HandOverOverdue, e.Staff)],
            HandOverRefused e => Mails(a, n, e.Entitlement, MailKind.HandOverRefused, e.Told),
            HandOverWitnessNamed e => Witness(a, n, e.Entitlement),
            HandOverWitnessed e => [Post(a, n, e.Entitlement, HandOverOrder.Pay)],
            HandOverDropped e =>
            [
                Post(a, n, e.Entitlement, HandOverOrder.TakeBack), .. Mails(a, n, e.Entitlement, MailKind.HandOverDropped, e.Told),
            ],
            RecoveryCalled e => Finance(a, n, e.Staff),
            Rejected => Applicant(a, n, MailKind.Rejected),
            RejectionFinal => [.. Release(a, n), .. AskBack(a, n, all: true)],
            AppealResolved => Applicant(a, n, MailKind.AppealDecided),
            Withdrawn => [.. Release(a, n), .. Applicant(a, n, MailKind.Withdrawn)],
            Revoked => [.. Release(a, n), .. AskBack(a, n, all: true), .. Applicant(a, n, MailKind.Revoked)],
            Closed => Applicant(a, n, MailKind.Closed),
            _ => [],
        };
    }

    private static PublishPayment Publish(Application a, string entitlement, int number)
    {
        var paid = a.Entitlements.First(x => x.Id == entitlement);
        return new PublishPayment(Id(a, number, "publish"), new PublicPayment(paid.Id, paid.Period, paid.Amount, paid.PaidAt!.Value, paid.PayeeAt));
    }

    /// <summary>What stood paid and does no longer, by whatever event.</summary>
    private static IEnumerable<Duty> Retract(Application a, Application? before, Recorded recorded)
    {
        var n = recorded.Number;
        if (recorded.Event is PaymentReturned back && before!.Entitlements.All(x => x.Id != back.Entitlement))
            return [new RetractPayment(Id(a, n, "retract"), back.Entitlement, null, n)];
        return
        [
            .. from paid in before?.Entitlements ?? []
               where paid.State is EntitlementState.Paid && a.Entitlements.Any(x => x.Id == paid.Id && x.State is not EntitlementState.Paid)
               select new RetractPayment(Id(a, n, "retract"), paid.Id, paid.PaidAt, n),
        ];
    }

    private static string? Orders(Duty duty) => duty switch
    {
        ReserveFunds reserve => reserve.Entitlement,
        RetryPayment retry => retry.Entitlement,
        _ => null,
    };

    private static ReserveFunds Reserve(Application a, string entitlement, int number)
    {
        var owed = a.Entitlements.First(x => x.Id == entitlement);
        return new ReserveFunds(Id(a, number, "reserve"), owed.Id, owed.Fund, owed.Books, owed.Amount, owed.Number, owed.Attempt);
    }

    private static ReleaseFunds Release(Application a, string entitlement, int number)
    {
        var owed = a.Entitlements.First(x => x.Id == entitlement);
        // Where it is known to stand; otherwise where it was to be looked for.
        var year = owed.Year != 0 ? owed.Year : owed.Books;
        return new ReleaseFunds(Id(a, number, $"release-{owed.Period}"), owed.Id, owed.Fund, year, owed.Amount, owed.Number);
    }

    private static RetryPayment Retry(Application a, PaymentRetried e, int number)
    {
        var owed = a.Entitlements.First(x => x.Id == e.Entitlement);
        return new RetryPayment(Id(a, number, "retry"), owed.Id, new FundKey(owed.Fund, owed.Year), e.Attempt - 1);
    }

    private static PostRecovery Post(Application a, int number, string recovery, int entry, Money amount, ClaimEnd? end, string document)
    {
        var found = a.Recoveries.First(x => x.Id == recovery);
        return new PostRecovery(Id(a, number, "recovery"), recovery, found.Entitlement, found.Fund, entry, amount, end, document);
    }

    /// <summary>What the head remembers is asked back at once, without a duty.</summary>
    private static IEnumerable<Duty> AskBack(Application a, int number, bool all) =>
        a.Forgotten > 0 ? [new AskBack(Id(a, number, "askBack"), all)] : [];

    private static PostHandOver Post(Application a, int number, string entitlement, HandOverOrder order)
    {
        var owed = a.Entitlements.First(x => x.Id == entitlement);
        var handed = owed.HandOver!;
        return new PostHandOver(
            Id(a, number, "handOver"), owed.Id, new FundKey(owed.Fund, owed.Year != 0 ? owed.Year : owed.Books), handed.Number, order, handed.Payer,
            $"{handed.Receipt} ({handed.Payer}, {handed.Witness})");
    }

    private static IEnumerable<Duty> Witness(Application a, int number, string entitlement) =>
        Mails(a, number, entitlement, MailKind.HandOverWitness, [a.Entitlements.First(x => x.Id == entitlement).HandOver!.Witness]);

    /// <summary>About a handover: the link of the mail is its number.</summary>
    private static IEnumerable<Duty> Mails(Application a, int number, string entitlement, MailKind kind, IReadOnlyList<string> staff)
    {
        var handed = a.Entitlements.First(x => x.Id == entitlement).HandOver!;
        return staff.Select(person => new SendMail(Id(a, number, $"mail-{kind}-{person}"), kind, person, null, 0, handed.Number));
    }

    private static int? HandOverEnded(Event happened) => happened switch
    {
        HandOverWitnessed e => e.HandOver,
        HandOverDropped e => e.HandOver,
        _ => null,
    };

    private static IEnumerable<Duty> Finance(Application a, int number, IReadOnlyList<string> staff) =>
        staff.Select(person => new SendMail(Id(a, number, $"mail-{person}"), MailKind.MoneyReminder, person, null, 0, 0));

    private static string Id(Application a, int number, string what) => $"{a.Id}-{number}-{what}";

    private static IEnumerable<Duty> Applicant(Application a, int number, MailKind kind) =>
        a.Email is null ? [] : [new SendMail(Id(a, number, "mail-applicant"), kind, null, null, 0, 0)];

    private static IEnumerable<Duty> Reviewers(Application a, int number, string assignment, MailKind kind, IEnumerable<string> staff)
    {
        var found = a.Assignments.First(x => x.Key == assignment);
        foreach (var id in staff.Distinct())
        {
            var link = found.SeatOf(id)?.Candidates.First(c => c.Staff == id).Link ?? 0;
            yield return new SendMail(Id(a, number, $"mail-{id}"), kind, id, assignment, found.Round, link);
        }
    }

    private static IEnumerable<string> Open(Application a, string assignment) =>
        a.Assignments.First(x => x.Key == assignment).Seats.Where(seat => seat.Open).SelectMany(seat => seat.Candidates).Select(c => c.Staff);

    private static IEnumerable<Duty> Release(Application a, int number) =>
        a.Claims.Count == 0 ? [] : [new ReleaseClaims(Id(a, number, "release"), a.Claims)];

    private static IEnumerable<Duty> Claims(Application a, Application before, Amended e, int number)
    {
        var dropped = before.Claims.Where(claim => !e.Claims.Contains(claim)).ToList();
        if (dropped.Count > 0)
            yield return new ReleaseClaims(Id(a, number, "release"), dropped);
        if (!a.ClaimsHeld)
            yield return new TakeClaims(Id(a, number, "claims"), e.Claims);
    }

    private static void AddIndex(List<Duty> duties, Application a, int number)
    {
        duties.RemoveAll(duty => duty is UpdateIndexes);
        duties.Add(new UpdateIndexes(Id(a, number, "index"), number));
    }

    private static void Settle(List<Duty> duties, DutiesSettled settled, Application a, int number)
    {
        var indexedLate = settled.Indexed is not null && !settled.Done.Any(done => duties.Any(duty => duty.Id == done.Duty && duty is UpdateIndexes));
        duties.RemoveAll(duty => settled.Done.Any(done => done.Duty == duty.Id));
        foreach (var delayed in settled.Delayed)
        {
            var index = duties.FindIndex(duty => duty.Id == delayed.Duty);
            if (index >= 0)
                duties[index] = duties[index] with { Attempts = delayed.Attempts, NotBefore = delayed.NotBefore, Stuck = delayed.Stuck };
        }

        // A turn that was overtaken may have written older rows over newer ones; and a stuck mail must come onto the alarm list.
        if (indexedLate || settled.Delayed.Any(delayed => delayed.Stuck))
            AddIndex(duties, a, number);
    }
}
