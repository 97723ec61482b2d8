using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SendGrid.Helpers.EventWebhook;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Api;

/// <summary>SendGrid's signed event webhook. A mail that came back is an event of its application, and an alarm.</summary>
internal static class MailEventEndpoints
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Events that say that a mail did not and will not arrive. A deferred one is still on its way.</summary>
    private static readonly string[] Returned = ["bounce", "dropped", "spamreport"];

    public static void MapMailEvents(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/mail-events", TakeAsync)
        .WithTags("Mail")
        .WithSummary("SendGrid's signed event webhook")
        .Accepts<IReadOnlyList<MailEventDocument>>("application/json")
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
        .Answers(204, typeof(void), "Taken; the same events again change nothing.")
        .Refuses(400, 403, 413, 415);

    private static async Task<IResult> TakeAsync(
        [FromHeader(Name = RequestValidator.SIGNATURE_HEADER)] string? signature, [FromHeader(Name = RequestValidator.TIMESTAMP_HEADER)] string? timestamp,
        HttpRequest request, Desk desk, PayRunDesk runs, IOptions<WebSettings> settings, CancellationToken cancel)
    {
        // The signature is over the exact bytes, so they are read before they are understood.
        using var reader = new StreamReader(new BoundedStream(request.Body, MostBytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var body = await reader.ReadToEndAsync(cancel);
        if (!IsSigned(settings.Value.Mail.SendGrid.EventPublicKey, body, signature, timestamp))
            return Failures.Of(StatusCodes.Status403Forbidden);

        foreach (var (duty, reason) in Read(body))
        {
            // The duty's id begins with the application's, or with the pay run's. What is not of ours (another system on the same account) is passed over.
            if (Reference.ToId(duty.Split('-')[0]) is { } application)
                await desk.HandleAsync(application, new ReportBounce(duty, reason), null, cancel);
            else if (Asking.RunOf(duty) is { } run)
                await runs.HandleAsync(run, new RecordReturnedMail(duty, reason), cancel);
        }
        return TypedResults.NoContent();
    }

    private static bool IsSigned(string? publicKey, string body, string? signature, string? timestamp)
    {
        if (string.IsNullOrEmpty(publicKey) || string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(timestamp))
            return false;
        var validator = new RequestValidator();
        try
        {
            return validator.VerifySignature(validator.ConvertPublicKeyToECDSA(publicKey), body, signature, timestamp);
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static IReadOnlyList<(string Duty, string Reason)> Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
            [
                .. json.RootElement.EnumerateArray()
                    .Where(item => Text(item, "event") is { } kind && Returned.Contains(kind) && Text(item, SendGridTransport.DutyArgument) is not null)
                    .Select(item => (Text(item, SendGridTransport.DutyArgument)!, Text(item, "event")!)),
            ];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The events are no JSON array of objects.", malformed);
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Duty">The custom argument that went out with the mail.</param>
internal sealed record MailEventDocument(string Event, string? Duty);
