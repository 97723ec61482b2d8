using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Apply;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.My;

/// <summary>Putting an application right after a return, or completing its papers after an emergency.</summary>
internal static class AmendmentEndpoints
{
    public static void MapAmendment(this IEndpointRouteBuilder mine)
    {
        mine.MapGet("/amendment", ShowAsync);
        mine.MapPost("/amendment", SendAsync).WithFormGuard();
    }

    private static async Task<IResult> ShowAsync(MyApplication my, HttpContext http, ITownship township, ApplyForm form, CancellationToken cancel) =>
        await my.FindAsync(http, cancel) is { } model && Asked(model)
            ? Page.Show<AmendPage>(Model(model, township, form, State(model)))
            : SeeOther.To("/my");

    private static async Task<IResult> SendAsync(
        MyApplication my, HttpContext http, ITownship township, ApplyForm form, PageAmendments amendments, CancellationToken cancel)
    {
        if (await my.FindAsync(http, cancel) is not { } model || !Asked(model))
            return SeeOther.To("/my");
        var posted = await http.Request.ReadFormAsync(cancel);
        var fields = Sections(model, township, form).SelectMany(section => section.Fields).ToList();
        var typed = Typed.From(posted).Compact(fields);
        if (typed["action"].StartsWith("add:", StringComparison.Ordinal))
            return Page.Show<AmendPage>(Model(model, township, form, new FormState(typed, [])));

        var reader = new FieldReader(typed);
        var document = reader.Document(fields);
        if (document["applicant"] is JsonObject applicant && model.Case.Form is { } before)
            applicant["kind"] ??= ApplyForm.NameOf(before.Applicant.Kind);
        if (typed["comment"].Trim() is { Length: > 0 } comment)
            document["comment"] = comment;
        var faults = reader.Faults;
        if (faults.Count == 0)
        {
            var problem = await amendments.TakeAsync(model.Application.Id, model.Case.Scheme, document, PostedPapers.Of(posted), cancel);
            if (problem is null)
                return SeeOther.To("/my");
            if (problem.Errors.Count == 0)
                return problem;
            faults = problem.Errors;
        }
        // Papers that were good are in the application already: read it again, so that they are listed.
        var now = await my.FindAsync(http, cancel) ?? model;
        return Page.Show<AmendPage>(Model(now, township, form, new FormState(typed, faults)), StatusCodes.Status422UnprocessableEntity);
    }

    private static bool Asked(MyModel model) =>
        model.Application is { Status: Status.Returned, Return: not null } || AskedPapers.Of(model.Application, model.Case.Scheme).Count > 0;

    private static AmendModel Model(MyModel model, ITownship township, ApplyForm form, FormState state) => new(
        model.Application.Return is { } back && model.Application.Status is Status.Returned ? back.Missing : [],
        Documents(model),
        Sections(model, township, form),
        [.. model.Case.Papers.Where(paper => paper.Staff is null)],
        state);

    private static IReadOnlyList<DocumentRule> Documents(MyModel model) => AskedPapers.Of(model.Application, model.Case.Scheme) is { Count: > 0 } asked
        ? [.. model.Case.Scheme.Documents.Where(document => asked.Contains(document.Kind, StringComparer.Ordinal))]
        : model.Case.Scheme.Documents;

    /// <summary>The village stays: another village is another application.</summary>
    private static IReadOnlyList<FormSection> Sections(MyModel model, ITownship township, ApplyForm form) =>
        model.Application.Status is Status.Returned && model.Case.Form is not null ? [.. form.Of(model.Case.Scheme, township.Register).Skip(1)] : [];

    private static FormState State(MyModel model) =>
        model.Case.Form is { } before ? new FormState(Typed.From(ApplyForm.ToJson(before)), []) : FormState.Empty;
}
