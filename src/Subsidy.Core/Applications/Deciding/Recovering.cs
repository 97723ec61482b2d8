using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>Money that was paid and is asked back: repaid at once or in instalments, or written off by two people.</summary>
internal static class Recovering
{
    private static readonly Term Reminder = new(30, TermUnit.Days);
    private const int MostInstalments = 60;
    private const int LongestDocument = 100;

    /// <summary>The head has to hold what is asked back at a time, and what that asks to be done.</summary>
    private const int MostEarlier = 24;

    /// <summary>For what was paid and, as it turns out, was not owed: all that is not asked back already.</summary>
    public static void Open(Unfolding u, Entitlement paid)
    {
        if (Left(u, paid) is var left && left > Money.Zero)
            Claim(u, paid, left, null, null);
        Offsetting.Undo(u, paid.Id);
    }

    /// <summary>Everything that was paid, once an application has ended in a way that leaves nothing owed.</summary>
    public static void OpenAll(Unfolding u)
    {
        foreach (var paid in u.A.Entitlements.Where(x => x.State is EntitlementState.Paid).ToList())
            Open(u, paid);
    }

    /// <summary>
    /// What the bank, or somebody, had in their hands while it was given up and granted again otherwise is paid as it was granted first. What is
    /// too much is asked back. What is missing cannot be paid under the same entitlement, so finance is told.
    /// </summary>
    /// <returns>Whether something is asked back.</returns>
    public static bool Square(Unfolding u)
    {
        if (u.Scheme.Amount is not { Schedule: Schedule.Once } || u.A.Amount is not { } granted)
            return false; // A period that is granted again is worth what it was.
        if (u.A.Entitlement is not { State: EntitlementState.Paid } paid)
            return false;
        if (paid.Amount < granted)
            u.Emit(new PaidShort(paid.Id, granted - paid.Amount, Finance(u)));
        if (Left(u, paid) is var left && left <= granted)
            return false;
        Claim(u, paid, left - granted, null, null);
        return true;
    }

    /// <summary>Everything that was paid in periods that only the stream remembers.</summary>
    /// <param name="all">Otherwise those behind the last period that was owed.</param>
    public static void OpenEarlier(Unfolding u, bool all)
    {
        var owed = u.Earlier.Paid.Where(paid => (all || Stopping.IsLater(u, paid.Period)) && Left(u, paid) > Money.Zero).ToList();
        var now = owed.Take(MostEarlier).ToList();
        if (now.Count > 0)
            u.Emit(new EarlierPeriodsFound(Known(u, now), More: owed.Count > now.Count, all));
        foreach (var paid in now)
            Open(u, paid);
        if (u.A.Status is Status.Recovering)
            Finish(u);
        else if (!all && (u.A.Status is Status.Paid || !u.A.Final))
            Stopping.Close(u);
    }

    public static Refusal? ClaimBack(Unfolding u, ClaimBack c)
    {
        if (Bar(u, c.Staff, Roles.FinancePreparer, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (u.A.Entitlements.Concat(u.Earlier.Paid).FirstOrDefault(x => x.Id == c.Entitlement) is not { State: EntitlementState.Paid } paid)
            return Refusal.Of(RefusalCode.MovedOn, "这一笔没有发放，不能追回。", "This was not paid; there is nothing to recover.");
        if (u.Scheme.Amount!.Schedule is Schedule.Once && u.A.Status is not Status.Lapsed && !Paying.IsAtRest(u))
        {
            return Refusal.Of(
                RefusalCode.MovedOn, "后面的步骤还没有办完；事后核查不通过的会要求退回，办完后也可以再要求退回。",
                "Steps are still under way. What does not pass the check is asked back by it; afterwards it can be asked back here.");
        }
        var left = Left(u, paid);
        if (left == Money.Zero)
            return Refusal.Of(RefusalCode.AlreadyDone, "这一笔已经全部要求退回。", "All of this has been asked back already.");
        if (u.A.Stopped is { AppealUntil: not null } && Stopping.IsLater(u, paid.Period))
        {
            return Refusal.Of(
                RefusalCode.MovedOn, "停发还可以申诉，生效后会自动要求退回。", "The stop can still be appealed; once it is final this is asked back by itself.");
        }
        var faults = new List<Fault>();
        if (c.Amount <= Money.Zero || c.Amount > left)
            faults.Add(new Fault("/amount", new Text($"金额须在0.01元到{left}元之间。", $"The amount is between 0.01 and {left} yuan.")));
        Reason(c.Reason, faults);
        if (faults.Count > 0)
            return Refusal.Invalid(faults);
        Recall(u, paid);
        Claim(u, paid, c.Amount, c.Staff, c.Reason);
        if (c.Amount == left) // Nothing of it was owed, so what was kept back was not either.
            Offsetting.Undo(u, paid.Id);
        return null;
    }

    public static Refusal? Agree(Unfolding u, AgreeInstalments c)
    {
        if (Bar(u, c.Staff, Roles.FinancePreparer, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (Find(u, c.Recovery) is not { } recovery)
            return Over();
        var sum = c.Instalments.Aggregate(Money.Zero, (total, instalment) => total + instalment.Amount);
        var sound = c.Instalments.Count is > 0 and <= MostInstalments
            && c.Instalments.All(x => x.Amount > Money.Zero && x.Due >= u.Today)
            && c.Instalments.Zip(c.Instalments.Skip(1)).All(pair => pair.First.Due < pair.Second.Due)
            && sum == recovery.Outstanding;
        if (!sound)
        {
            return Refusal.Invalid(new Fault("/instalments", new Text(
                $"各期日期须依次在今天之后，金额合计须为{recovery.Outstanding}元，最多{MostInstalments}期。",
                $"Instalments follow one another from today on and add up to {recovery.Outstanding} yuan; at most {MostInstalments}.")));
        }
        u.Emit(new InstalmentsAgreed(c.Recovery, c.Instalments, c.Staff));
        return null;
    }

    public static Refusal? Repay(Unfolding u, RecordRepayment c)
    {
        if (Bar(u, c.Staff, Roles.FinancePreparer, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (Find(u, c.Recovery) is not { } recovery)
            return Over();
        var faults = new List<Fault>();
        if (c.Amount <= Money.Zero || c.Amount > recovery.Outstanding)
        {
            faults.Add(new Fault("/amount", new Text(
                $"金额须在0.01元到{recovery.Outstanding}元之间。", $"The amount is between 0.01 and {recovery.Outstanding} yuan.")));
        }
        if (string.IsNullOrWhiteSpace(c.Document) || c.Document.Length > LongestDocument)
            faults.Add(new Fault("/document", new Text("请填写凭证号（最多100字）。", "Enter the number of the voucher (at most 100 characters).")));
        if (faults.Count > 0)
            return Refusal.Invalid(faults);
        if (recovery.Documents.Contains(c.Document))
            return Refusal.Of(RefusalCode.AlreadyDone, "这张凭证已经登记过。", "This voucher has been recorded already.");
        u.Emit(new RecoveryRepaid(recovery.Id, recovery.Entries + 1, c.Amount, c.Document, c.Staff));
        Finish(u);
        return null;
    }

    public static Refusal? Propose(Unfolding u, ProposeWriteOff c)
    {
        if (Bar(u, c.Staff, Roles.FinancePreparer) is { } refusal)
            return refusal;
        if (Find(u, c.Recovery) is not { } recovery)
            return Over();
        if (recovery.WriteOff is not null)
            return Refusal.Of(RefusalCode.AlreadyDone, "已经提出核销，等待另一人审批。", "A write-off has been proposed; another person decides.");
        var faults = new List<Fault>();
        Reason(c.Reason, faults);
        if (faults.Count > 0)
            return Refusal.Invalid(faults);
        if (Changed(recovery, c.Shown) is { } changed)
            return changed;
        u.Emit(new WriteOffProposed(c.Recovery, c.Staff, recovery.Outstanding, c.Reason));
        return null;
    }

    /// <summary>Never by the person who has proposed it.</summary>
    public static Refusal? Decide(Unfolding u, DecideWriteOff c)
    {
        if (Bar(u, c.Staff, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (Find(u, c.Recovery) is not { WriteOff: { } proposed } recovery)
            return Refusal.Of(RefusalCode.MovedOn, "没有待审批的核销。", "No write-off waits for a decision.");
        if (u.IsSamePerson(proposed.Staff, c.Staff))
            return Refusal.Of(RefusalCode.NotAllowed, "提出核销的人不能审批。", "Who has proposed it does not decide.");
        if (Changed(recovery, c.Shown) is { } changed)
            return changed;
        if (c.Accept && recovery.Outstanding > proposed.Amount)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                $"提出核销的是{proposed.Amount}元，现在还剩{recovery.Outstanding}元：请不同意，再重新提出。",
                $"{proposed.Amount} yuan were proposed, and {recovery.Outstanding} yuan are outstanding now. Please do not agree; it can be proposed anew.");
        }
        u.Emit(new WriteOffDecided(recovery.Id, recovery.Entries + 1, c.Accept, recovery.Outstanding, c.Staff));
        Finish(u);
        return null;
    }

    public static void Call(Unfolding u, Recovery recovery) => u.Emit(new RecoveryCalled(recovery.Id, Finance(u), NextCall(u)));

    public static IReadOnlyList<string> Finance(Unfolding u) =>
        [.. u.Township.Staff.Where(person => person.Holds(Roles.FinancePreparer)).Select(person => person.Id)];

    public static DateTimeOffset NextCall(Unfolding u) => u.After(Reminder).At;

    public static void Drop(Unfolding u, Recovery recovery, IReadOnlyList<string> told)
    {
        u.Emit(new RecoveryDropped(recovery.Id, told));
        Finish(u);
    }

    private static void Claim(Unfolding u, Entitlement paid, Money amount, string? staff, string? reason) => u.Emit(
        u.A.Recoveries.FirstOrDefault(x => x.Id == IdOf(u, paid)) is { } before
            ? new RecoveryRaised(before.Id, before.Entries + 1, amount, staff, reason, NextCall(u))
            : new RecoveryOpened(IdOf(u, paid), paid.Id, new FundKey(paid.Fund, paid.Year), amount, staff, reason, NextCall(u)));

    /// <summary>Of a payment: what nobody has asked back yet.</summary>
    private static Money Left(Unfolding u, Entitlement paid) =>
        u.A.Recoveries.Concat(u.Earlier.Recoveries).FirstOrDefault(x => x.Id == IdOf(u, paid)) is { } before ? paid.Amount - before.Amount : paid.Amount;

    /// <summary>Has the head remember what was asked back of a period, and kept back from it.</summary>
    public static void Recall(Unfolding u, Entitlement paid)
    {
        if (Known(u, [paid]) is { Count: > 0 } known)
            u.Emit(new EarlierPeriodsFound(known));
    }

    /// <summary>What the head has forgotten of what was asked back of these, or kept back from them.</summary>
    private static IReadOnlyList<Recovery> Known(Unfolding u, List<Entitlement> paid) =>
    [
        .. u.Earlier.Recoveries.Where(earlier => u.A.Recoveries.All(x => x.Id != earlier.Id)
            && paid.Any(x => x.Id == earlier.Entitlement || earlier.Offsets.Any(offset => offset.Entitlement == x.Id))),
    ];

    /// <summary>
    /// The books know a claim by its id: one that the bank has made void by sending the money back is not the one after the next payment. One
    /// of which they have yet to hear is: they will count it for what stands paid by then.
    /// </summary>
    private static string IdOf(Unfolding u, Entitlement paid) =>
        u.A.Duties.OfType<PostRecovery>().FirstOrDefault(post => post.Entitlement == paid.Id && post.End is null)?.Recovery
        ?? (paid.Attempt > 1 ? $"{paid.Id}-recovery-{paid.Attempt}" : $"{paid.Id}-recovery");

    /// <summary>Nothing is outstanding any more.</summary>
    private static void Finish(Unfolding u)
    {
        if (u.A.Recoveries.Any(x => x.Outstanding > Money.Zero) || u.A.Status is not Status.Recovering || u.A.Duties.OfType<AskBack>().Any())
            return;
        if (u.A.Entitlements.Any(x => x.Owed))
            Walking.AwaitFunds(u, u.A.Step!);
        else if (u.A is { Recurring: null, Stopped: null or { AppealUntil: null } })
            u.Emit(new Closed());
        else
            u.Emit(new RecoveryClosed());
    }

    private static Recovery? Find(Unfolding u, string id) => u.A.Recoveries.FirstOrDefault(x => x.Id == id && x.Outstanding > Money.Zero);

    /// <summary>Something was repaid, kept back or owed again since; what is given up is what people have seen.</summary>
    private static Refusal? Changed(Recovery recovery, Money shown) => recovery.Outstanding == shown
        ? null
        : Refusal.Of(
            RefusalCode.MovedOn,
            $"还剩的金额现在是{recovery.Outstanding}元，与您看到的不同，请重新查看。",
            $"{recovery.Outstanding} yuan are outstanding now, which is not what you were shown. Please look again.");

    private static Refusal Over() => Refusal.Of(RefusalCode.MovedOn, "没有这笔追回，或者已经结清。", "There is no such recovery, or it is settled.");

    /// <summary>Why the person may not act on this application's money: the role, or kinship. Null when they may.</summary>
    public static Refusal? Bar(Unfolding u, string staff, params ReadOnlySpan<string> roles)
    {
        if (u.Township.Find(staff) is { } person)
        {
            foreach (var role in roles)
            {
                if (person.Holds(role))
                    return Eligibility.Kinship(u.A, person) is { } kinship ? new Refusal(RefusalCode.NotAllowed, [new Fault("", kinship)]) : null;
            }
        }
        return Refusal.Of(RefusalCode.NotAllowed, "您没有这项权限。", "You are not charged with this.");
    }

    private static void Reason(string reason, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(reason))
            faults.Add(new Fault("/reason", new Text("请写明理由。", "Please state the reason.")));
    }
}
