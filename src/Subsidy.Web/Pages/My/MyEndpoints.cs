using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Storage.Papers;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Pages.My;

/// <summary>The applicant's own application, opened by reference and access key.</summary>
internal static class MyEndpoints
{
    public static void MapMine(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/my").RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        mine.MapGet("", ShowAsync);
        mine.MapPost("", LookUpAsync).WithFormGuard();
        mine.MapPost("/close", Close).WithFormGuard();
        mine.MapGet("/papers/{paper}", PaperAsync);
        mine.MapGet("/withdrawal", AskWithdrawalAsync);
        mine.MapPost("/withdrawal", WithdrawAsync).WithFormGuard();
        mine.MapGet("/appeal", AskAppealAsync);
        mine.MapPost("/appeal", AppealAsync).WithFormGuard();
        mine.MapGet("/change", AskChangeAsync);
        mine.MapPost("/change", ReportChangeAsync).WithFormGuard();
        mine.MapPost("/requests", RequestAsync).WithFormGuard();
        mine.MapGet("/statement", StatementAsync);
        mine.MapGet("/payee", AskPayeeAsync);
        mine.MapPost("/payee", CorrectPayeeAsync).WithFormGuard();
        mine.MapAmendment();
    }

    private static async Task<IResult> ShowAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { } model ? Page.Show<MyPage>(model) : Page.Show<LookupPage>(FormState.Empty);

    private static async Task<IResult> LookUpAsync(HttpContext http, KeyCookie cookie, Applicants applicants, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        if (await applicants.OpenAsync(typed["/reference"], typed["/accessKey"], cancel) is { } head)
        {
            cookie.Write(http, head.Application.Id);
            return SeeOther.To("/my");
        }
        return Page.Show<LookupPage>(new FormState(typed, [new Fault("/reference", Texts.NoMatch)]), StatusCodes.Status422UnprocessableEntity);
    }

    private static SeeOther Close(HttpContext http, KeyCookie cookie)
    {
        cookie.Clear(http);
        return SeeOther.To("/my");
    }

    private static async Task<IResult> PaperAsync(string paper, MyApplication my, HttpContext http, IPaperStore store, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { } model && model.Case.Papers.FirstOrDefault(one => one.Paper.Id == paper && one.Staff is null) is { } found
            ? new PaperDownload(store, model.Application.Id, found)
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> AskWithdrawalAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayWithdraw: true } model ? Page.Show<WithdrawPage>(model) : SeeOther.To("/my");

    private static async Task<IResult> WithdrawAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new Withdraw(typed["reason"].Trim()), cancel);

    private static async Task<IResult> AskAppealAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayAppeal: true } ? Page.Show<AppealPage>(FormState.Empty) : SeeOther.To("/my");

    private static async Task<IResult> AppealAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new Appeal(typed["/reason"].Trim()), cancel, state => Page.Show<AppealPage>(state, StatusCodes.Status422UnprocessableEntity));

    private static async Task<IResult> AskChangeAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayReportChange: true } ? Page.Show<ChangePage>(FormState.Empty) : SeeOther.To("/my");

    private static async Task<IResult> ReportChangeAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new ReportChange(typed["/comment"].Trim()), cancel, state => Page.Show<ChangePage>(state, StatusCodes.Status422UnprocessableEntity));

    /// <param name="year">Calendar year; null for the latest in which something was paid.</param>
    private static async Task<IResult> StatementAsync(int? year, MyApplication my, MyStatement statement, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { PaidYears: [.., var last] } model
            ? Page.Show<StatementPage>(await statement.OfAsync(model, year ?? last, cancel))
            : SeeOther.To("/my");

    private static async Task<IResult> AskPayeeAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayCorrectPayee: true } model ? Page.Show<PayeePage>(new PayeeModel(model, FormState.Empty)) : SeeOther.To("/my");

    private static async Task<IResult> CorrectPayeeAsync(MyApplication my, HttpContext http, CancellationToken cancel)
    {
        if (await my.FindAsync(http, cancel) is not { } model)
            return SeeOther.To("/my");
        return await my.OrderAsync(
            http, typed => new CorrectPayee(ApplicationRequest.PayeeOf(typed["/payee/name"], typed["/payee/account"], typed["/payee/bank"])), cancel,
            state => Page.Show<PayeePage>(new PayeeModel(model, state), StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<IResult> RequestAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new MakeRequest(typed["request"], typed["comment"].Trim()), cancel);
}
