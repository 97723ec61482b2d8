using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;
using Subsidy.Web.Keys;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Notices;

/// <summary>What is posted now, and objecting to it.</summary>
internal static class NoticePages
{
    public static void MapNoticePages(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/notices").ExcludeFromDescription();
        notices.MapGet("", ListAsync);
        notices.MapGet("/{id}", ShowAsync);
        notices.MapPost("/{id}", ObjectAsync).WithFormGuard().RequireRateLimiting(RateLimits.Intake);
        notices.MapGet("/{id}/received", (string id) => Page.Show<ObjectionSentPage>(new ObjectionSentModel(Anonymous: false)));
        notices.MapGet("/{id}/noted", (string id) => Page.Show<ObjectionSentPage>(new ObjectionSentModel(Anonymous: true)));
    }

    private static async Task<IResult> ListAsync(
        [FromServices] NoticeBoard board, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var posted = new List<PostedNotice>();
        foreach (var application in await board.InForceAsync(time.GetUtcNow(), cancel))
            posted.Add(await PostedAsync(application, application.Notice!, schemes, township, cancel));
        return Page.Show<NoticesPage>(posted);
    }

    private static async Task<IResult> ShowAsync(
        string id, IStreams streams, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel) =>
        await FindAsync(id, streams, schemes, township, time, cancel) is { } notice
            ? Page.Show<NoticePage>(new NoticeModel(notice, RandomKey.New(), FormState.Empty))
            : Over;

    private static async Task<IResult> ObjectAsync(
        string id, HttpContext http, Desk desk, Secrets secrets, IStreams streams, ISchemes schemes, ITownship township, TimeProvider time,
        CancellationToken cancel)
    {
        if (await FindAsync(id, streams, schemes, township, time, cancel) is not { } notice)
            return Over;
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var key = IdempotencyKey.Read(typed["idempotencyKey"]) is null ? RandomKey.New() : typed["idempotencyKey"];
        var (reason, name, contact) = (typed["/reason"].Trim(), typed["/name"].Trim(), typed["/contact"].Trim());
        if (reason.Length == 0)
            return Again([new Fault("/reason", Texts.ReasonMissing)]);

        // The form's key makes the objection's id, so that a double click objects once.
        var objection = Symbols.Derive(secrets.Key(SecretPurpose.GeneratedNames), $"objection\n{notice.Id}\n{key}", Reference.Length).ToLowerInvariant();
        var answer = await desk.HandleAsync(notice.Id, new RaiseObjection(objection, name, contact, reason), null, cancel);
        return answer.Refusal switch
        {
            null => SeeOther.To($"/notices/{notice.Id}/{(name.Length == 0 || contact.Length == 0 ? "noted" : "received")}"),
            { Code: RefusalCode.Invalid } invalid => Again(invalid.Faults),
            var refusal => Problem.Of(refusal),
        };

        IResult Again(IReadOnlyList<Fault> faults) => Page.Show<NoticePage>(
            new NoticeModel(notice, key, new FormState(typed, faults)), StatusCodes.Status422UnprocessableEntity);
    }

    private static Problem Over => Problem.Of(StatusCodes.Status404NotFound, "not-found", Texts.NoNotice);

    private static async Task<PostedNotice?> FindAsync(
        string id, IStreams streams, ISchemes schemes, ITownship township, TimeProvider time, CancellationToken cancel) =>
        Reference.ToId(id) is { } application
        && await streams.LoadAsync(application, cancel) is { Application: { Notice: { } notice } found }
        && (notice.Until is not { } until || until > time.GetUtcNow())
            ? await PostedAsync(found, notice, schemes, township, cancel)
            : null;

    private static async Task<PostedNotice> PostedAsync(
        Application application, Notice notice, ISchemes schemes, ITownship township, CancellationToken cancel)
    {
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var step = (NoticeStep)scheme.StepOf(notice.Step);
        var village = township.Register.FindVillage(application.Village)?.Name ?? new Text(application.Village, application.Village);
        return new PostedNotice(application.Id, scheme.Title, step.Title, step.Place, village, notice.From, notice.Until, notice.Lines);
    }
}
