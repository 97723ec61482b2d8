using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>
/// Paid on the spot, in cash or kind, out of the petty fund (备用金), where the scheme pays first: a receipt and two signatures. The first
/// takes the entitlement away from the pay runs, the second one pays it. Neither is ever replaced by time.
/// </summary>
internal static class HandingOver
{
    private const int LongestReceipt = 40;
    private const int LongestText = 500;
    private const int MostPhotos = 3;
    private static readonly Term Reminder = new(2, TermUnit.WorkingDays);

    public static Refusal? Sign(Unfolding u, SignHandOver c)
    {
        if (Recovering.Bar(u, c.Staff, Roles.FinancePreparer, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (u.A.Entitlements.FirstOrDefault(x => x.Id == c.Entitlement) is not { } owed)
            return Refusal.Of(RefusalCode.MovedOn, "没有这笔应发款。", "Nothing of the kind is owed.");
        if (owed.HandOver is { State: not HandOverState.Dropped } known)
            return Told(u, known);
        if (!PaysFirst(u))
            return Refusal.Of(RefusalCode.NotAllowed, "只有先行给付的紧急救助可以当面给付。", "Only emergency relief, which is paid first, is handed over on the spot.");
        if (owed.State is not EntitlementState.Reserved || Paying.IsRetried(u, owed))
            return Refusal.Of(RefusalCode.MovedOn, "这笔钱还没有预留，或者已经在发放。", "No money is set aside for this, or it is being paid already.");
        var faults = Faults(u, c);
        if (faults.Count > 0)
            return Refusal.Invalid(faults);
        u.Emit(new HandOverSigned(
            owed.Id, c.Kind, c.Kind is HandOverKind.InKind ? c.Goods!.Trim() : null, c.Receipt.Trim(), owed.Amount, c.Photos, c.Staff, c.Witness,
            u.After(Reminder).At));
        return null;
    }

    public static Refusal? Witness(Unfolding u, WitnessHandOver c)
    {
        if (BarWitness(u, c.Staff, c.Entitlement, c.HandOver) is { } refusal)
            return refusal;
        u.Emit(new HandOverWitnessed(c.Entitlement, c.HandOver, c.Staff));
        return null;
    }

    /// <summary>Whether anything was handed over is not the witness's to decide, and not the payer's alone.</summary>
    public static Refusal? Refuse(Unfolding u, RefuseHandOver c)
    {
        if (BarWitness(u, c.Staff, c.Entitlement, c.HandOver) is { } refusal)
            return refusal;
        if (Unreasoned(c.Reason) is { } fault)
            return fault;
        u.Emit(new HandOverRefused(
            c.Entitlement, c.HandOver, c.Staff, c.Reason.Trim(), Deciders(u, Find(u, c.Entitlement, c.HandOver)!, c.Staff), u.After(Reminder).At));
        return null;
    }

    public static Refusal? Name(Unfolding u, NameWitness c)
    {
        if (BarFinance(u, c.Staff, c.Entitlement, c.HandOver) is { } refusal)
            return refusal;
        var handed = Find(u, c.Entitlement, c.HandOver)!;
        if (!handed.Refused && WhyNotWitness(u, handed.Witness, handed.Payer) is null)
            return Refusal.Of(RefusalCode.NotAllowed, "见证人还可以签字，不能更换。", "The witness can still sign; no other is named.");
        var bar = handed.Refusers.Any(refuser => u.IsSamePerson(refuser, c.Witness))
            ? new Text("此人已经拒绝见证。", "This person has refused to be the witness.")
            : WhyNotWitness(u, c.Witness, handed.Payer);
        if (bar is not null)
            return Refusal.Invalid(new Fault("/witness", bar));
        u.Emit(new HandOverWitnessNamed(c.Entitlement, c.HandOver, c.Staff, c.Witness, u.After(Reminder).At));
        return null;
    }

    public static Refusal? Drop(Unfolding u, DropHandOver c)
    {
        if (BarFinance(u, c.Staff, c.Entitlement, c.HandOver) is { } refusal)
            return refusal;
        if (Unreasoned(c.Reason) is { } fault)
            return fault;
        Drop(u, c.Entitlement, Find(u, c.Entitlement, c.HandOver)!, HandOverEnd.TakenBack, c.Staff, c.Reason.Trim());
        return null;
    }

    /// <summary>The books have answered the first signature.</summary>
    public static void Answered(Unfolding u, PostHandOver order, FundReport report)
    {
        if (order.Order is not HandOverOrder.HandOut || Find(u, order.Entitlement, order.HandOver) is not { State: HandOverState.Signed } handed)
            return;
        if (report.State is PositionState.HandedOut)
            u.Emit(new HandOverHeld(order.Entitlement, report.Fund, report.Change));
        else
            Drop(u, order.Entitlement, handed, report.State is PositionState.Reserved or PositionState.Gathered ? HandOverEnd.TooLittleCash : HandOverEnd.NotFree, null, null);
    }

    /// <summary>The entitlement goes before the books could take it away from there: people must know, the cash is out of the box.</summary>
    public static void Lose(Unfolding u, Entitlement given)
    {
        if (given.HandOver is { Open: true } handed)
            Drop(u, given.Id, handed, HandOverEnd.NotFree, null, null);
    }

    /// <summary>First the witness is reminded; then the finance approvers are told as well. Once the witness has refused, only those who decide.</summary>
    public static void Call(Unfolding u, Entitlement owed)
    {
        var handed = owed.HandOver!;
        var told = handed.Refused ? Deciders(u, handed, handed.Witness) : handed.Calls == 0 ? [] : Approvers(u);
        u.Emit(new HandOverCalled(owed.Id, told, u.After(Reminder).At));
    }

    private static void Drop(Unfolding u, string entitlement, HandOver handed, HandOverEnd why, string? staff, string? reason) =>
        u.Emit(new HandOverDropped(
            entitlement, handed.Number, why, staff, reason, [.. Deciders(u, handed, staff).Append(handed.Witness).Distinct().Where(id => id != staff)]));

    /// <summary>Payer and approvers, but for whoever did it.</summary>
    private static IReadOnlyList<string> Deciders(Unfolding u, HandOver handed, string? but) =>
        [.. Approvers(u).Append(handed.Payer).Distinct().Where(id => id != but)];

    private static IReadOnlyList<string> Approvers(Unfolding u) =>
        [.. u.Township.Staff.Where(person => person.Holds(Roles.FinanceApprover)).Select(person => person.Id)];

    private static List<Fault> Faults(Unfolding u, SignHandOver c)
    {
        var faults = new List<Fault>();
        if (c.Kind is HandOverKind.InKind && (string.IsNullOrWhiteSpace(c.Goods) || c.Goods.Length > LongestText))
            faults.Add(new Fault("/goods", new Text($"请写明给了什么（最多{LongestText}字）。", $"Say what was given (at most {LongestText} characters).")));
        var receipt = c.Receipt.Trim();
        if (receipt.Length is 0 or > LongestReceipt || receipt.Any(char.IsControl))
            faults.Add(new Fault("/document", new Text($"请填写收据号（最多{LongestReceipt}字）。", $"Enter the number of the receipt (at most {LongestReceipt} characters).")));
        else if (u.A.Entitlements.Any(x => x.HandOver is { State: not HandOverState.Dropped } other && other.Receipt == receipt))
            faults.Add(new Fault("/document", new Text("这张收据已经用过。", "This receipt has been used already.")));
        if (c.Photos.Count is 0 or > MostPhotos)
            faults.Add(new Fault("/photos", new Text($"请上传领款人签字的收据照片（1到{MostPhotos}张）。", $"Add photos of the receipt that the payee has signed (1 to {MostPhotos}).")));
        if (WhyNotWitness(u, c.Witness, c.Staff) is { } bar)
            faults.Add(new Fault("/witness", bar));
        return faults;
    }

    /// <summary>Why the person cannot answer as the witness, with yes or no; null when they can.</summary>
    private static Refusal? BarWitness(Unfolding u, string staff, string entitlement, int number)
    {
        if (Find(u, entitlement, number) is not { } handed)
            return Unknown();
        if (staff != handed.Witness)
        {
            return Refusal.Of(
                RefusalCode.NotAllowed, "只有指定的见证人可以签字，付款人自己不能。", "Only the witness who was named can sign here, and never the payer.");
        }
        if (!handed.Open || handed.Refused)
            return Told(u, handed);
        if (WhyNotWitness(u, staff, handed.Payer) is { } bar)
            return new Refusal(RefusalCode.NotAllowed, [new Fault("", bar)]);
        return handed.State is HandOverState.Signed
            ? Refusal.Of(RefusalCode.MovedOn, "账上正在登记，请过一分钟再签字。", "The books are being told; please sign in a minute.")
            : null;
    }

    /// <summary>Why the person cannot decide what becomes of a handover that lacks its second signature; null when they can.</summary>
    private static Refusal? BarFinance(Unfolding u, string staff, string entitlement, int number)
    {
        if (Recovering.Bar(u, staff, Roles.FinancePreparer, Roles.FinanceApprover) is { } refusal)
            return refusal;
        if (Find(u, entitlement, number) is not { } handed)
            return Unknown();
        if (!handed.Open)
            return Told(u, handed);
        return handed.Refused && u.IsSamePerson(staff, handed.Payer)
            ? Refusal.Of(RefusalCode.NotAllowed, "见证人已拒绝签字，由财政所的另一位工作人员处理。", "The witness has refused to sign; another of the finance office than the payer decides.")
            : null;
    }

    private static Refusal? Unreasoned(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > LongestText
        ? Refusal.Invalid(new Fault("/reason", new Text($"请写明理由（最多{LongestText}字）。", $"Please state the reason (at most {LongestText} characters).")))
        : null;

    /// <summary>Why the person cannot be the second to sign; null when they can.</summary>
    private static Text? WhyNotWitness(Unfolding u, string witness, string payer)
    {
        if (u.Township.Find(witness) is not { } person)
            return new Text("请选择另一位在场的工作人员。", "Choose another member of staff who was there.");
        if (u.IsSamePerson(witness, payer))
            return new Text("付款人不能做见证人。", "The payer is not the witness.");
        if (person.Holds(Roles.Auditor))
            return new Text("审计人员不参与给付。", "Auditors take no part in a handover.");
        return Eligibility.Kinship(u.A, person) is null
            ? null
            : new Text("见证人不能是申请人本户的人或申报过的亲属。", "The witness is neither of the applicant's household nor a declared relative.");
    }

    private static bool PaysFirst(Unfolding u) => u.Scheme.Route.OfType<PayStep>()
        .Any(step => step.PayFirst && (step.Key == u.A.Step || u.A.Passed.Contains(step.Key)));

    private static HandOver? Find(Unfolding u, string entitlement, int number) =>
        u.A.Entitlements.FirstOrDefault(x => x.Id == entitlement)?.HandOver is { } handed && handed.Number == number ? handed : null;

    private static Refusal Unknown() => Refusal.Of(RefusalCode.MovedOn, "没有这次当面给付。", "There is no such handover.");

    /// <summary>Who did it, and when.</summary>
    private static Refusal Told(Unfolding u, HandOver handed)
    {
        var (payer, witness) = (Name(handed.Payer), Name(handed.Witness));
        return handed.State switch
        {
            HandOverState.Witnessed => Refusal.Of(
                RefusalCode.AlreadyDone,
                $"{payer}于{ChinaTime.Say(handed.SignedAt)}、{witness}于{ChinaTime.Say(handed.EndedAt!.Value)}已签字。",
                $"{payer} signed on {ChinaTime.Say(handed.SignedAt)}, {witness} on {ChinaTime.Say(handed.EndedAt!.Value)}."),
            HandOverState.Dropped => Refusal.Of(
                RefusalCode.MovedOn,
                $"这次当面给付已于{ChinaTime.Say(handed.EndedAt!.Value)}{(handed.EndedBy is { } by ? $"由{Name(by)}" : "")}撤销。",
                $"This handover was dropped on {ChinaTime.Say(handed.EndedAt!.Value)}{(handed.EndedBy is { } who ? $" by {Name(who)}" : "")}."),
            _ when handed.Refused => Refusal.Of(
                RefusalCode.AlreadyDone, $"{witness}已拒绝见证签字，由财政所处理。", $"{witness} has refused to sign as the witness; the finance office decides."),
            _ => Refusal.Of(
                RefusalCode.AlreadyDone,
                $"{payer}已于{ChinaTime.Say(handed.SignedAt)}签字（收据{handed.Receipt}），等待{witness}见证。",
                $"{payer} signed on {ChinaTime.Say(handed.SignedAt)} (receipt {handed.Receipt}); {witness} has yet to witness it."),
        };

        string Name(string staff) => u.Township.NameOf(staff);
    }
}
