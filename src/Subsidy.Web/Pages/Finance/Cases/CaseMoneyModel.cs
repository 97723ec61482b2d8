using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Payments;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>The money of one application, for staff.</summary>
/// <param name="Refused">Why the core would refuse a command at this moment; null when it would take it.</param>
public sealed record CaseMoneyModel(CaseFile Case, StaffMember Staff, TownshipRegister Township, Func<Command, Refusal?> Refused)
{
    public Application Application => Case.Application;

    public IReadOnlyList<Payment> Payments { get; } = PaymentList.Of(Case.Events);

    public bool MayStop => Refused(new StopPayments(Staff.Id, StopReason.Ineligible, null, "-")) is null;

    public bool MayClaim(Entitlement entitlement) => Refused(new ClaimBack(Staff.Id, entitlement.Id, entitlement.Amount, "-")) is null;

    /// <summary>No instalments are what the core finds fault with, once it takes any at all.</summary>
    public bool MayCollect(Recovery recovery) => Refused(new AgreeInstalments(Staff.Id, recovery.Id, [])) is { Code: RefusalCode.Invalid };

    public bool MayPropose(Recovery recovery) => Refused(new ProposeWriteOff(Staff.Id, recovery.Id, "-")) is null;

    public bool MayDecide(Recovery recovery) => Refused(new DecideWriteOff(Staff.Id, recovery.Id, false)) is null;

    /// <summary>Cash or goods on the spot: where the scheme pays first, by finance, and never to one's own family.</summary>
    public bool MayHandOver(Entitlement entitlement) =>
        entitlement.State is EntitlementState.Reserved
        && PaysFirst
        && (Staff.Holds(Roles.FinancePreparer) || Staff.Holds(Roles.FinanceApprover))
        && Stranger(Staff);

    /// <summary>Those who may sign as the second: anybody on the register but the payer and the family.</summary>
    public IEnumerable<StaffMember> Witnesses => Township.Staff.Where(person => person.Id != Staff.Id && Stranger(person));

    /// <summary>Neither the applicant, nor of the household, nor a declared relative.</summary>
    public bool Stranger(StaffMember person) =>
        !Application.Persons.Any(key => key == person.Person || person.Relatives.Contains(key));

    private bool PaysFirst => Case.Scheme.Route.OfType<PayStep>()
        .Any(step => step.PayFirst && (step.Key == Application.Step || Application.Passed.Contains(step.Key, StringComparer.Ordinal)));
}
