using Subsidy.Core.Applications;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>The payer's page: the first signature.</summary>
/// <param name="Witnesses">Those who may sign as the second.</param>
public sealed record HandOverModel(CaseMoneyModel Money, Entitlement Entitlement, IReadOnlyList<StaffMember> Witnesses, FormState State);

/// <summary>The page of one handover: for the witness, for finance and for auditors.</summary>
/// <param name="Finance">Whether the reader may see the application's money besides.</param>
public sealed record WitnessModel(CaseMoneyModel Money, HandOverFile File, bool Finance, FormState State)
{
    public string Address => $"/finance/cases/{Money.Application.Id}/handovers/{File.Number}";

    public bool MayWitness => Money.Refused(new WitnessHandOver(Money.Staff.Id, File.Signed.Entitlement, File.Number)) is null;

    /// <summary>Who can sign as the witness says no as the witness first.</summary>
    public bool MayDrop => !MayWitness && Money.Refused(new DropHandOver(Money.Staff.Id, File.Signed.Entitlement, File.Number, "-")) is null;

    /// <summary>Those who may sign in the place of the witness who was named; none while that one still can, or where somebody else decides.</summary>
    public IReadOnlyList<StaffMember> OtherWitnesses { get; } =
        [.. Money.Township.Staff.Where(person => Money.Refused(new NameWitness(Money.Staff.Id, File.Signed.Entitlement, File.Number, person.Id)) is null)];
}
