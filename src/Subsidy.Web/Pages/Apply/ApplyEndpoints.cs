using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Apply;

/// <summary>The form, its attempts, and the receipt.</summary>
internal static class ApplyEndpoints
{
    private const int KeyBytes = 32;

    public static void MapApply(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apply/{scheme}", Show).ExcludeFromDescription();
        routes.MapPost("/apply/{scheme}", SendAsync).RequireRateLimiting(RateLimits.Intake).ExcludeFromDescription();
        routes.MapGet("/apply/{scheme}/receipt", ReceiptAsync).ExcludeFromDescription();
    }

    private static IResult Show(string scheme, ISchemes schemes, ITownship township, ApplyForm form) =>
        Find(schemes, scheme) is { } found
            ? Page.Show<ApplyPage>(new ApplyModel(found, NewKey(), form.Of(found, township.Register), FormState.Empty, []))
            : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> SendAsync(
        string scheme, HttpContext http, ISchemes schemes, ITownship township, ApplyForm form, ISubmissions submissions, ReceiptCookie receipt,
        CancellationToken cancel)
    {
        if (Find(schemes, scheme) is not { } found)
            return Failures.Of(StatusCodes.Status404NotFound);
        var ours = await FormGuard.IsOursAsync(http);
        var posted = await http.Request.ReadFormAsync(cancel);
        var sections = form.Of(found, township.Register);
        var fields = sections.SelectMany(section => section.Fields).ToList();
        var typed = Typed.From(posted).Compact(fields);
        var key = IdempotencyKey.Read(typed["idempotencyKey"]) is null ? NewKey() : typed["idempotencyKey"];

        var attempt = Read(found, fields, typed, posted, key);
        var faults = attempt.Faults.ToList();
        if (!ours)
            faults.Insert(0, new Fault("", Texts.StaleForm));
        if (typed["action"].StartsWith("add:", StringComparison.Ordinal))
            faults.Clear();
        else if (faults.Count == 0)
        {
            var answer = await submissions.SubmitAsync(attempt.Submission, cancel);
            if (answer.Application is { } application)
            {
                receipt.Write(http, application.Id, answer.Duplicate);
                return SeeOther.To($"/apply/{found.Id}/receipt");
            }
            faults.AddRange(answer.Faults);
        }

        if (ours && attempt.Submission.Papers.Count > 0)
            faults.AddRange((await submissions.KeepAsync(attempt.Submission, cancel)).Where(fault => !faults.Contains(fault)));
        var kept = await submissions.KeptAsync(key, cancel);
        var status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Page.Show<ApplyPage>(new ApplyModel(found, key, sections, new FormState(typed, faults), kept), status);
    }

    private static (Submission Submission, IReadOnlyList<Fault> Faults) Read(
        Scheme scheme, IReadOnlyList<Field> fields, Typed typed, IFormCollection posted, string key)
    {
        var reader = new FieldReader(typed);
        var document = reader.Document(fields);
        document["scheme"] = scheme.Id;
        if (scheme.Applicants is [var only] && document["applicant"] is System.Text.Json.Nodes.JsonObject applicant)
            applicant["kind"] = ApplyForm.NameOf(only);
        return (new Submission(key, scheme.Id, document, PostedPapers.Of(posted)), reader.Faults);
    }

    private static async Task<IResult> ReceiptAsync(
        string scheme, HttpContext http, ReceiptCookie receipt, AccessKeys keys, IStreams streams, ISchemes schemes, CancellationToken cancel)
    {
        if (receipt.Read(http) is not { } kept || await streams.LoadAsync(kept.Application, cancel) is not { Application: var application })
            return Problem.Of(StatusCodes.Status410Gone, "receipt-shown", Texts.ReceiptGone);
        var pinned = await schemes.PinnedAsync(application.Scheme, cancel);
        return Page.Show<ReceiptPage>(new ReceiptModel(application, pinned, AccessKeys.Grouped(keys.Of(application.Id)), kept.Duplicate));
    }

    private static Scheme? Find(ISchemes schemes, string id) => schemes.Current.FirstOrDefault(scheme => scheme.Id == id);

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
}
