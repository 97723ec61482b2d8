using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Decisions;
using Subsidy.Web.Pages.Cases;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>The money of one application, for staff.</summary>
/// <param name="Earlier">What the head has forgotten of it.</param>
/// <param name="Refused">Why the core would refuse a command at this moment; null when it would take it.</param>
public sealed record CaseMoneyModel(CaseFile Case, EarlierPayments Earlier, StaffMember Staff, TownshipRegister Township, Func<Command, Refusal?> Refused)
{
    public Application Application => Case.Application;

    public IReadOnlyList<Payment> Payments { get; } = PaymentList.Of(Case.Events);

    public IReadOnlyList<Recovery> Recoveries { get; } = RecoveryList.Of(Case.Events);

    public bool MayStop => WhyNotStop is null;

    /// <summary>Whoever may stop payments goes on seeing those that are stopped.</summary>
    public bool Oversees => Application is not { Recurring: null, Stopped: null } && WhyNotStop is not { Code: RefusalCode.NotAllowed };

    private Refusal? WhyNotStop => Refused(new StopPayments(Staff.Id, StopReason.Ineligible, null, "-"));

    public bool MayRecheck => Refused(new CallRecheck(Staff.Id, "-")) is null;

    public Entitlement? Find(string id) => Application.Entitlements.Concat(Earlier.Paid).FirstOrDefault(one => one.Id == id);

    /// <summary>Nothing is what the core finds too little, once it takes any amount at all.</summary>
    public bool MayClaim(Entitlement entitlement) => Refused(new ClaimBack(Staff.Id, entitlement.Id, Money.Zero, "-")) is { Code: RefusalCode.Invalid };

    /// <summary>No instalments are what the core finds fault with, once it takes any at all.</summary>
    public bool MayCollect(Recovery recovery) => Refused(new AgreeInstalments(Staff.Id, recovery.Id, [])) is { Code: RefusalCode.Invalid };

    public bool MayPropose(Recovery recovery) => Refused(new ProposeWriteOff(Staff.Id, recovery.Id, recovery.Outstanding, "-")) is null;

    public bool MayDecide(Recovery recovery) => Refused(new DecideWriteOff(Staff.Id, recovery.Id, recovery.Outstanding, false)) is null;

    public IReadOnlyList<HandOverFile> HandOvers { get; } = HandOverFile.Of(Case.Events);

    /// <summary>A receipt is what the core finds missing, once it takes any at all.</summary>
    public bool MayHandOver(Entitlement entitlement) => Refused(Blank(entitlement)) is { Code: RefusalCode.Invalid };

    /// <summary>Those in whom the core finds no fault as the second to sign.</summary>
    public IReadOnlyList<StaffMember> WitnessesOf(Entitlement entitlement) =>
    [
        .. Township.Staff.Where(person =>
            Refused(Blank(entitlement) with { Witness = person.Id }) is { } refusal && refusal.Faults.All(fault => fault.Pointer != "/witness")),
    ];

    /// <summary>Stands for a photo that is not stored yet.</summary>
    internal static Paper SomePhoto { get; } = new("", Photos.Kind, "", 0, "image/jpeg");

    private SignHandOver Blank(Entitlement entitlement) => new(Staff.Id, entitlement.Id, HandOverKind.Cash, null, "", [], "");
}
