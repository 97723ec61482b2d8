using Subsidy.Core.Engine;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Payments;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>
/// The page that the link in an approver's mail opens. GET shows and changes nothing, however often a mail scanner opens it; POST decides,
/// once. There is no sign-in: so it shows totals and reasons, and nothing of any payee.
/// </summary>
internal static class ApprovalEndpoints
{
    public static void MapPayApprovals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pay-approvals/{token}", ShowAsync).RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        routes.MapPost("/pay-approvals/{token}", DecideAsync).WithFormGuard().RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(string token, ApprovalTaking approvals, FundShelf shelf, ISchemes schemes, ITownship township, CancellationToken cancel)
    {
        var opened = await approvals.OpenAsync(token, cancel);
        if (opened.Answer is not { } found)
            return opened.Problem!;
        return found.Bar is { } bar && found.Own is null ? bar : Show(token, found, FormState.Empty, shelf, schemes, township);
    }

    private static async Task<IResult> DecideAsync(
        string token, HttpRequest request, ApprovalTaking approvals, FundShelf shelf, ISchemes schemes, ITownship township, CancellationToken cancel)
    {
        var opened = await approvals.OpenAsync(token, cancel);
        if (opened.Answer is not { } found)
            return opened.Problem!;
        if (found.Bar is { } bar)
            return bar;
        var read = await ApprovalRequest.ReadAsync(request, cancel);
        if (read.Answer is { } decision)
        {
            var outcome = await approvals.DecideAsync(found, decision, cancel);
            return outcome.Answer is null ? outcome.Problem! : SeeOther.To($"/pay-approvals/{token}");
        }
        return read.Problem is { Errors.Count: > 0 } faulty
            ? Show(token, found, new FormState(Typed.From(await request.ReadFormAsync(cancel)), faulty.Errors), shelf, schemes, township, faulty.Status)
            : read.Problem!;
    }

    private static IResult Show(
        string token, OpenedApproval opened, FormState state, FundShelf shelf, ISchemes schemes, ITownship township, int status = StatusCodes.Status200OK) =>
        Page.Show<ApprovalPage>(
            new ApprovalModel(
                token, opened.Run, shelf.TitleOf(opened.Run.Id.Fund.Code), opened.Own, schemes.Current, township.Register,
                township.Register.Find(opened.Link.Staff), state),
            status);
}
