using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Pages.My;

namespace Subsidy.Web.Pages.Apply;

/// <summary>The form, its attempts, and the receipt.</summary>
internal static class ApplyEndpoints
{
    public static void MapApply(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apply/{scheme}", Show).ExcludeFromDescription();
        routes.MapPost("/apply/{scheme}", SendAsync).RequireRateLimiting(RateLimits.Intake).ExcludeFromDescription();
        routes.MapGet("/apply/{scheme}/receipt", ReceiptAsync).ExcludeFromDescription();
    }

    private static IResult Show(string scheme, ISchemes schemes, ITownship township, ApplyForm form) =>
        Find(schemes, scheme) is { } found
            ? Page.Show<ApplyPage>(new ApplyModel(found, RandomKey.New(), form.Of(found, township.Register), FormState.Empty, []))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> SendAsync(
        string scheme, HttpContext http, ISchemes schemes, ITownship township, ApplyForm form, PageIntake intake, ReceiptCookie receipt,
        KeyCookie mine, CancellationToken cancel)
    {
        if (Find(schemes, scheme) is not { } found)
            return Failures.Of(StatusCodes.Status404NotFound);
        var ours = await FormGuard.IsOursAsync(http);
        var posted = await http.Request.ReadFormAsync(cancel);
        var sections = form.Of(found, township.Register);
        var fields = sections.SelectMany(section => section.Fields).ToList();
        var typed = Typed.From(posted).Compact(fields);
        var reader = new FieldReader(typed);
        var key = IdempotencyKey.Read(typed["idempotencyKey"]) is null ? RandomKey.New() : typed["idempotencyKey"];
        var attempt = Read(found, reader.Document(fields), IdempotencyKey.Read(key)!, posted);

        IReadOnlyList<Fault> faults;
        if (!ours)
        {
            faults = [new Fault("", Texts.StaleForm)];
        }
        else if (typed["action"].StartsWith("add:", StringComparison.Ordinal))
        {
            faults = await intake.KeepAsync(attempt, cancel);
        }
        else if (reader.Faults.Count > 0)
        {
            faults = [.. reader.Faults, .. await intake.KeepAsync(attempt, cancel)];
        }
        else
        {
            var taken = await intake.SubmitAsync(attempt, cancel);
            if (taken.Answer is { } answer)
            {
                receipt.Write(http, answer.Id);
                mine.Write(http, answer.Id);
                return SeeOther.To($"/apply/{found.Id}/receipt");
            }
            faults = taken.Problem is { Errors.Count: 0 } whole ? [new Fault("", whole.Detail ?? whole.Title)] : taken.Problem!.Errors;
        }

        var kept = await intake.KeptAsync(attempt.Key, cancel);
        return Page.Show<ApplyPage>(
            new ApplyModel(found, key, sections, new FormState(typed, faults), kept),
            faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Attempt Read(Scheme scheme, JsonObject document, IdempotencyKey key, IFormCollection posted)
    {
        document["scheme"] = scheme.Id;
        if (scheme.Applicants is [var only] && document["applicant"] is JsonObject applicant)
            applicant["kind"] = ApplyForm.NameOf(only);
        return new Attempt(key, scheme, document, PostedPapers.Of(posted));
    }

    private static async Task<IResult> ReceiptAsync(
        string scheme, HttpContext http, ReceiptCookie receipt, AccessKeys keys, IStreams streams, ISchemes schemes, CancellationToken cancel)
    {
        if (receipt.Read(http) is not { } id || await CaseFile.ReadAsync(id, streams, schemes, cancel) is not { } file)
            return Problem.Of(StatusCodes.Status410Gone, "receipt-shown", Texts.ReceiptGone);
        var earlier = file.Events.Select(recorded => recorded.Event).OfType<DuplicateFound>().LastOrDefault()?.EarlierReference;
        return Page.Show<ReceiptPage>(new ReceiptModel(file.Application, file.Scheme, AccessKeys.Grouped(keys.Of(id)), earlier));
    }

    private static Scheme? Find(ISchemes schemes, string id) => schemes.Current.FirstOrDefault(scheme => scheme.Id == id);
}
