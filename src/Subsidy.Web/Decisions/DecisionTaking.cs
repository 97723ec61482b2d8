using System.Text.Json;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Links;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Decisions;

/// <summary>What a decision link lets its holder do: decide once, and see the papers for as long as the decision is theirs.</summary>
internal sealed class DecisionTaking(DecisionLinks links, Desk desk, IStreams streams, IPaperStore store, Photos photos, TimeProvider time)
{
    /// <summary>Pictures of a site visit, taken with telephones.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    private Outcome<DecisionLink> Open(string token)
    {
        if (links.TryRead(token, time.GetUtcNow(), out var link, out var fault))
            return link;
        return Failures.Of(fault is LinkFault.Expired ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound);
    }

    /// <summary>JSON, or a form with the same fields (<see cref="DecisionFields"/>); pictures come in its parts <c>photos</c>.</summary>
    public async Task<Outcome<DecisionAnswer>> DecideAsync(string token, HttpRequest request, CancellationToken cancel)
    {
        var opened = Open(token);
        if (opened.Answer is not { } link)
            return opened.Problem!;
        if (MultipartRequest.Open(request, MostBytes) is { } parts)
            return await DecideAsync(link, parts, cancel);
        if (request.HasFormContentType)
            return await DecideAsync(link, await request.ReadFormAsync(cancel), cancel);
        var body = await JsonInput.ReadBodyAsync(request, cancel);
        using var document = body.Document;
        return body.Problem is { } malformed ? malformed : await DecideAsync(link, body.Root, [], [], cancel);
    }

    /// <summary>A paper of the case, for the person who is asked to decide on it now.</summary>
    public async Task<Outcome<PaperDownload>> FindPaperAsync(string token, string paper, CancellationToken cancel)
    {
        var opened = Open(token);
        if (opened.Answer is not { } link)
            return opened.Problem!;
        if (await desk.FindAsync(link.Application, cancel) is not { } head || !IsAsked(head.Application, link))
            return Failures.Of(StatusCodes.Status410Gone);
        var events = await streams.ReadAsync(link.Application, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
        return PaperFile.Of(events).FirstOrDefault(file => file.Paper.Id == paper) is { } found
            ? new PaperDownload(store, link.Application, found)
            : Failures.Of(StatusCodes.Status404NotFound);
    }

    private async Task<Outcome<DecisionAnswer>> DecideAsync(DecisionLink link, MultipartRequest parts, CancellationToken cancel)
    {
        var fields = new DecisionFields();
        var pictures = new List<Paper>();
        var faults = new List<Fault>();
        // Nothing is stored for somebody who is not asked (any more); the core tells them why.
        var asked = await desk.FindAsync(link.Application, cancel) is { } head && IsAsked(head.Application, link);
        while (await parts.NextAsync(cancel) is { } part)
        {
            if (!part.IsFile)
                fields.Add(part.Name, await part.TextAsync(cancel));
            else if (asked && part.FileName is not null)
                await photos.TakeAsync(link.Application, part.Body, pictures, faults, cancel);
        }
        return await DecideAsync(link, fields, pictures, faults, cancel);
    }

    private async Task<Outcome<DecisionAnswer>> DecideAsync(DecisionLink link, IFormCollection form, CancellationToken cancel)
    {
        var fields = new DecisionFields();
        foreach (var (name, values) in form)
        {
            foreach (var value in values)
                fields.Add(name, value ?? "");
        }
        return await DecideAsync(link, fields, [], [], cancel);
    }

    private async Task<Outcome<DecisionAnswer>> DecideAsync(
        DecisionLink link, DecisionFields fields, IReadOnlyList<Paper> pictures, List<Fault> faults, CancellationToken cancel)
    {
        var read = JsonInput.Parse(fields.ToUtf8());
        using var document = read.Document;
        return read.Problem is { } malformed ? malformed : await DecideAsync(link, read.Root, pictures, faults, cancel);
    }

    private async Task<Outcome<DecisionAnswer>> DecideAsync(
        DecisionLink link, JsonElement json, IReadOnlyList<Paper> pictures, List<Fault> faults, CancellationToken cancel)
    {
        if (DecisionRequest.Read(json, faults) is not { } decision)
            return Problem.Of(Refusal.Invalid(faults));
        var answer = await desk.HandleAsync(link.Application, decision.Vote(link, pictures), null, cancel);
        return answer.Refusal is { } refusal
            ? Problem.Of(refusal)
            : new DecisionAnswer(answer.Application!.Id, answer.Application.Status, answer.Application.Step);
    }

    private static bool IsAsked(Application application, DecisionLink link) => application.Assignments.Any(assignment =>
        assignment.Key == link.Assignment && assignment.Round == link.Round
        && assignment.SeatOf(link.Staff) is { } seat && seat.Candidates.Any(c => c.Staff == link.Staff && c.Link == link.Number));
}

/// <param name="Step">Where the application is now; null before the first and after the last step.</param>
public sealed record DecisionAnswer(string ApplicationId, Status Status, string? Step);
