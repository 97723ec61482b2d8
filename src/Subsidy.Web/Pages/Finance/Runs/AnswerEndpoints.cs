using System.Security.Claims;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>The bank's answers: uploaded by hand where the bank does not put them into the inbox, and those that were refused.</summary>
internal static class AnswerEndpoints
{
    private const long MostBytes = 64L * 1024 * 1024;

    public static void MapBankAnswers(this IEndpointRouteBuilder routes)
    {
        var answers = routes.MapGroup("/finance/answers").RequireAuthorization(StaffPolicies.Finance).ExcludeFromDescription();
        answers.MapGet("", async (ClaimsPrincipal user, IRefusedAnswers refused, ITownship township, CancellationToken cancel) =>
            Page.Show<AnswersPage>(await ModelAsync(null, FormState.Empty, user, refused, township, cancel)));
        answers.MapPost("", UploadAsync).WithFormGuard().RequireAuthorization(StaffPolicies.PayRuns)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> UploadAsync(
        HttpContext http, BankAnswers answers, IRefusedAnswers refused, ITownship township, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        if (form.Files["/file"] is not { Length: > 0 } file)
        {
            var fault = new Fault("/file", new Text("请选择银行的回执文件。", "Please choose the bank's answer."));
            return Page.Show<AnswersPage>(
                await ModelAsync(null, new FormState(Typed.From(form), [fault]), http.User, refused, township, cancel), StatusCodes.Status422UnprocessableEntity);
        }
        await using var content = file.OpenReadStream();
        var receipt = await answers.UploadAsync(content, CurrentStaff.Of(http.User, township)!.Id, cancel);
        return Page.Show<AnswersPage>(await ModelAsync(receipt, FormState.Empty, http.User, refused, township, cancel));
    }

    private static async Task<AnswersModel> ModelAsync(
        AnswerReceipt? receipt, FormState state, ClaimsPrincipal user, IRefusedAnswers refused, ITownship township, CancellationToken cancel)
    {
        var person = CurrentStaff.Of(user, township)!;
        return new AnswersModel(
            receipt, await refused.ListAsync(cancel), township.Register, person.OfFinance, state);
    }
}
