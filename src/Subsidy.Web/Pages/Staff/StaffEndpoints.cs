using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Http;
using Subsidy.Web.Links;
using Subsidy.Web.Mail;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Staff;

/// <summary>Signing in where that is a choice, what waits for whom, and what an administrator may order for one application.</summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowSignIn).ExcludeFromDescription();
        routes.MapGet("/staff", ListAsync).RequireAuthorization(StaffPolicies.Staff).ExcludeFromDescription();
        var staff = routes.MapGroup("/staff").RequireAuthorization(StaffPolicies.Administrator).ExcludeFromDescription();
        staff.MapGet("/{id}", ShowAsync);
        staff.MapPost("/{id}", OrderAsync).WithFormGuard();
    }

    private static IResult ShowSignIn(string? returnTo, IOptions<WebSettings> settings, ITownship township) => settings.Value.AllowLocalSignIn
        ? Page.Show<SignInPage>(new SignInModel(township.Register, LocalPath.Or(returnTo, "/staff")))
        : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(
        HttpContext http, [FromServices] WorkList work, [FromServices] AlarmList alarms, DecisionLinks links, ISchemes schemes, ITownship township,
        IAuthorizationService authorization, TimeProvider time, CancellationToken cancel)
    {
        var person = CurrentStaff.Of(http.User, township)!;
        var now = time.GetUtcNow();
        var items = new List<WorkItem>();
        foreach (var (application, assignment, number) in await work.ForAsync(person.Id, cancel))
        {
            var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
            var link = new DecisionLink(application.Id, assignment.Key, assignment.Round, person.Id, number, now + DecisionLinks.Life);
            items.Add(new WorkItem(
                application.Reference, scheme.Title, MatterText.Of(application, assignment, scheme), assignment.Due, assignment.Due <= now,
                $"/decisions/{links.Make(link)}"));
        }
        return Page.Show<WorkListPage>(new WorkListModel(
            person, items, person.Holds(Roles.Administrator) ? await alarms.AllAsync(cancel) : null, person.Holds(Roles.Auditor),
            (await authorization.AuthorizeAsync(http.User, StaffPolicies.Finance)).Succeeded));
    }

    private static async Task<IResult> ShowAsync(
        string id, ClaimsPrincipal user, IStreams streams, ISchemes schemes, ITownship township, Rehearsal rehearsal, CancellationToken cancel) =>
        await PageAsync(id, user, streams, schemes, township, rehearsal, FormState.Empty, done: false, cancel);

    private static async Task<IResult> OrderAsync(
        string id, HttpContext http, Desk desk, IStreams streams, ISchemes schemes, ITownship township, Rehearsal rehearsal, CancellationToken cancel)
    {
        if (Reference.ToId(id) is not { } application || CurrentStaff.Of(http.User, township) is not { } person)
            return Failures.Of(StatusCodes.Status404NotFound);
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        Command? command = typed["order"] switch
        {
            "renew" => new RenewLink(person.Id, typed["assignment"], typed["for"]),
            "reopen" => new Reopen(person.Id, typed["reason"].Trim()),
            "revoke" => new Revoke(person.Id, typed["reason"].Trim()),
            _ => null,
        };
        if (command is null)
            return Failures.Of(StatusCodes.Status400BadRequest);
        var answer = await desk.HandleAsync(application, command, null, cancel);
        return answer.Refusal switch
        {
            null => await PageAsync(id, http.User, streams, schemes, township, rehearsal, FormState.Empty, done: true, cancel),
            { Code: RefusalCode.Invalid } invalid =>
                await PageAsync(id, http.User, streams, schemes, township, rehearsal, new FormState(typed, invalid.Faults), done: false, cancel),
            var refusal => Problem.Of(refusal),
        };
    }

    private static async Task<IResult> PageAsync(
        string id, ClaimsPrincipal user, IStreams streams, ISchemes schemes, ITownship township, Rehearsal rehearsal, FormState state, bool done,
        CancellationToken cancel)
    {
        if (Reference.ToId(id) is not { } application
            || CurrentStaff.Of(user, township) is not { } person
            || await CaseFile.ReadAsync(application, streams, schemes, cancel) is not { } file)
        {
            return Failures.Of(StatusCodes.Status404NotFound);
        }
        var circumstances = await rehearsal.CircumstancesAsync(file.Application, cancel);
        return Page.Show<ManagePage>(new ManageModel(
            file, township.Register, Allowed(new Reopen(person.Id, "-")), Allowed(new Revoke(person.Id, "-")), done, state));

        bool Allowed(Command command) => Rehearsal.Play(file.Application, command, circumstances).Refusal is null;
    }
}
