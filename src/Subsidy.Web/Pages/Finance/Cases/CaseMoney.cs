using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>Opens the money of an application for who has to do with it: finance, administrators, auditors, and whoever may stop payments.</summary>
internal sealed class CaseMoney(IStreams streams, ISchemes schemes, ITownship township, Rehearsal rehearsal, IAuthorizationService authorization)
{
    /// <returns>Null where there is no such application, or it is none of this person's business.</returns>
    public async Task<CaseMoneyModel?> FindAsync(string reference, ClaimsPrincipal user, CancellationToken cancel) =>
        await ReadAsync(reference, user, cancel) is { } model && await MayReadAsync(model, user) ? model : null;

    /// <summary>A handover on the spot: also for its witness, who need not have to do with money otherwise.</summary>
    public async Task<WitnessModel?> FindHandOverAsync(string reference, int number, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await ReadAsync(reference, user, cancel) is not { } model || model.HandOvers.FirstOrDefault(one => one.Number == number) is not { } file)
            return null;
        var finance = await MayReadAsync(model, user);
        return finance || file.Witness == model.Staff.Id || file.Refusals.Any(refusal => refusal.Said.Witness == model.Staff.Id) ? new WitnessModel(model, file, finance, FormState.Empty) : null;
    }

    private async Task<CaseMoneyModel?> ReadAsync(string reference, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (Reference.ToId(reference) is not { } id
            || CurrentStaff.Of(user, township) is not { } person
            || await CaseFile.ReadAsync(id, streams, schemes, cancel) is not { } file)
        {
            return null;
        }
        var earlier = file.Application.Forgotten > 0 ? EarlierPayments.Of(id, file.Events) : EarlierPayments.None;
        var circumstances = await rehearsal.CircumstancesAsync(file.Application, cancel) with { Earlier = earlier };
        return new CaseMoneyModel(file, earlier, person, township.Register, command => Rehearsal.Play(file.Application, command, circumstances).Refusal);
    }

    private async Task<bool> MayReadAsync(CaseMoneyModel model, ClaimsPrincipal user) =>
        model.Oversees || (await authorization.AuthorizeAsync(user, StaffPolicies.Finance)).Succeeded;
}
