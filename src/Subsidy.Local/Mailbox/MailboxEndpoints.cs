using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Subsidy.Local.Mailbox;

/// <summary>
/// The mail provider of a machine that has none: SendGrid's <c>POST /v3/mail/send</c>, so that the real client is on the
/// path, and what it would have delivered, for people (<c>GET /mailbox</c>) and for tests (<c>GET /mailbox/messages</c>).
/// </summary>
public static class MailboxEndpoints
{
    /// <summary>SendGrid's limit on a whole request.</summary>
    private const int LargestRequest = 30 * 1024 * 1024;

    /// <summary>Needs a <see cref="MailboxStore"/> among the services.</summary>
    /// <param name="endpoints">Where the addresses are added.</param>
    public static IEndpointRouteBuilder MapMailbox(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v3/mail/send", SendAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestRequest))
            .DisableRateLimiting()
            .ExcludeFromDescription();
        endpoints.MapGet("/mailbox/messages", (MailboxStore store, string? to) => TypedResults.Ok(store.Messages(to))).ExcludeFromDescription();
        endpoints.MapGet("/mailbox", (MailboxStore store, string? to) =>
            TypedResults.Content(MailboxPage.Render(store.Messages(to), to), "text/html; charset=utf-8")).ExcludeFromDescription();
        endpoints.MapPost("/mailbox/faults", Plan).DisableRateLimiting().ExcludeFromDescription();
        return endpoints;
    }

    private static async Task<IResult> SendAsync(HttpContext context, MailboxStore store, CancellationToken cancellation)
    {
        if (!HasKey(context.Request, store.ApiKey))
            return Errors(401, new MailSendError("The provided authorization grant is invalid, expired, or revoked", null));
        if (!context.Request.HasJsonContentType())
            return Errors(415, new MailSendError("Content-Type should be application/json.", null));

        MailSendRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<MailSendRequest>(context.Request.Body, MailSendRequest.Json, cancellation);
        }
        catch (JsonException error)
        {
            return Errors(400, new MailSendError("Bad Request", error.Path));
        }

        if (request is null)
            return Errors(400, new MailSendError("Bad Request", null));
        if (MailSendRules.Errors(request) is { Count: > 0 } errors)
            return Errors(400, [.. errors]);

        var fault = store.Meet();
        if (fault is { After: false })
            return Errors(fault.Status, new MailSendError("A fault was planned for this request.", null));
        var messageId = await store.AcceptAsync(request, cancellation);
        if (fault is not null)
            return Errors(fault.Status, new MailSendError("A fault was planned for this answer; the mail was accepted.", null));
        context.Response.Headers["X-Message-Id"] = messageId;
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>For tests on this machine only, even where the pages are shown to a whole room.</summary>
    private static Results<NoContent, ProblemHttpResult> Plan(HttpContext context, MailboxFault fault, MailboxStore store)
    {
        if (context.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller))
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Faults are planned on this machine only.");
        if (fault is not { Status: 400 or 429 or 500, Times: >= 1 and <= 1000 })
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The status is 400, 429 or 500; the times are 1 to 1000.");
        store.Plan(fault);
        return TypedResults.NoContent();
    }

    private static bool HasKey(HttpRequest request, string apiKey) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Bearer " + apiKey));

    private static JsonHttpResult<MailSendErrors> Errors(int status, params MailSendError[] errors) =>
        TypedResults.Json(new MailSendErrors(errors), statusCode: status);

    private sealed record MailSendErrors(IReadOnlyList<MailSendError> Errors);
}
