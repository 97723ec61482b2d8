using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

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
        mine.MapPost("/requests", RequestAsync).WithFormGuard();
        mine.MapAmendment();
    }

    private static async Task<IResult> ShowAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { } model ? Page.Show<MyPage>(model) : Page.Show<LookupPage>(FormState.Empty);

    private static async Task<IResult> LookUpAsync(HttpContext http, KeyCookie cookie, AccessKeys keys, IStreams streams, CancellationToken cancel)
    {
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        // The key is judged before the store is asked, so a guesser learns nothing about which references exist.
        if (Reference.ToId(typed["/reference"]) is { } id && keys.Fits(id, typed["/accessKey"]) && await streams.LoadAsync(id, cancel) is not null)
        {
            cookie.Write(http, id);
            return SeeOther.To("/my");
        }
        return Page.Show<LookupPage>(new FormState(typed, [new Fault("/reference", Texts.NoMatch)]), StatusCodes.Status422UnprocessableEntity);
    }

    private static SeeOther Close(HttpContext http, KeyCookie cookie)
    {
        cookie.Clear(http);
        return SeeOther.To("/my");
    }

    private static async Task<IResult> PaperAsync(string paper, MyApplication my, HttpContext http, IPaperDownloads downloads, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { } model && model.Case.Papers.FirstOrDefault(one => one.Paper.Id == paper && one.Step is null) is { } found
            ? downloads.Download(model.Application.Id, found.Paper)
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> AskWithdrawalAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayWithdraw: true } model ? Page.Show<WithdrawPage>(model) : SeeOther.To("/my");

    private static async Task<IResult> WithdrawAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new Withdraw(typed["reason"].Trim()), cancel);

    private static async Task<IResult> AskAppealAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { MayAppeal: true } ? Page.Show<AppealPage>(FormState.Empty) : SeeOther.To("/my");

    private static async Task<IResult> AppealAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new Appeal(typed["/reason"].Trim()), cancel, state => Page.Show<AppealPage>(state, StatusCodes.Status422UnprocessableEntity));

    private static async Task<IResult> RequestAsync(MyApplication my, HttpContext http, CancellationToken cancel) =>
        await my.OrderAsync(http, typed => new MakeRequest(typed["request"], typed["comment"].Trim()), cancel);
}
