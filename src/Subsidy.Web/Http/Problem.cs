using System.Globalization;
using System.Text.Json.Serialization;
using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Http;

/// <summary>
/// An error as RFC 9457 has it. As an answer it is <c>application/problem+json</c>, or a page where a person is looking.
/// </summary>
/// <param name="Kind">Last part of <c>type</c>: <c>urn:subsidy:problem:{kind}</c>.</param>
/// <param name="Errors">Every fault, by JSON pointer.</param>
/// <param name="RetryAfter">When it makes sense to come again.</param>
public sealed record Problem(int Status, string Kind, Text Title, Text? Detail, IReadOnlyList<Fault> Errors, TimeSpan? RetryAfter = null) : IResult
{
    public static Problem Of(int status, string kind, Text title, Text? detail = null) => new(status, kind, title, detail, []);

    /// <summary>What the core refused. Faults of the whole become the detail; faults of fields stay with their fields.</summary>
    public static Problem Of(Refusal refusal)
    {
        var (status, kind, title) = Meaning(refusal.Code);
        var whole = refusal.Faults.Where(fault => fault.Pointer.Length == 0).Select(fault => fault.Message).ToList();
        var detail = whole.Count == 0 ? null : new Text(string.Concat(whole.Select(text => text.Zh)), string.Join(' ', whole.Select(text => text.En)));
        return new Problem(status, kind, title, detail, [.. refusal.Faults.Where(fault => fault.Pointer.Length > 0)]);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (RetryAfter is { } after)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (Negotiation.WantsHtml(httpContext.Request) && httpContext.RequestServices.GetService(typeof(IProblemPage)) is IProblemPage page)
        {
            httpContext.Response.StatusCode = Status;
            await page.Show(this).ExecuteAsync(httpContext);
            return;
        }
        await TypedResults.Json(Body(), statusCode: Status, contentType: "application/problem+json").ExecuteAsync(httpContext);
    }

    private ProblemBody Body()
    {
        var culture = CultureInfo.CurrentUICulture;
        return new ProblemBody(
            $"urn:subsidy:problem:{Kind}",
            Title.In(culture),
            Status,
            Detail?.In(culture),
            Errors.Count == 0 ? null : [.. Errors.Select(fault => new FieldError(fault.Pointer, fault.Message.In(culture)))]);
    }

    private static (int Status, string Kind, Text Title) Meaning(RefusalCode code) => code switch
    {
        RefusalCode.Invalid => (422, "invalid", new Text("有些内容需要改正。", "Some things need to be corrected.")),
        RefusalCode.NotAllowed => (403, "not-allowed", new Text("不允许这样做。", "This is not allowed.")),
        RefusalCode.NotFound => (404, "not-found", new Text("没有找到。", "Not found.")),
        RefusalCode.AlreadyDone => (409, "already-done", new Text("这件事已经办过了。", "This has been done already.")),
        RefusalCode.MovedOn => (409, "moved-on", new Text("情况已经有了变化。", "The case has moved on.")),
        RefusalCode.Expired => (410, "expired", new Text("已经过期。", "This has expired.")),
        RefusalCode.TooLarge => (413, "too-large", new Text("内容过大。", "This is too large.")),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}

/// <summary>Members of RFC 9457, and the faults of fields.</summary>
/// <param name="Detail">In the language of the request, as is the title.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors);

/// <param name="Pointer">JSON pointer (RFC 6901) into the JSON that was sent; <c>/papers/{kind}</c> for a paper.</param>
public sealed record FieldError(string Pointer, string Detail);
