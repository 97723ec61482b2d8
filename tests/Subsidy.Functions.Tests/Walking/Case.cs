using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Functions.Tests.Walking;

/// <summary>One application in a running head, and what its applicant and those who are asked do.</summary>
internal sealed class Case(RunningHead head, string scheme, string village, Form form, IReadOnlyDictionary<string, JsonObject> measured)
{
    private static readonly byte[] Pdf = "%PDF-1.7 paper"u8.ToArray();
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0];

    public string Id { get; init; } = "k7qm3wxtpb9c";

    /// <summary>In an emergency the papers follow when they are asked for.</summary>
    public bool PapersLater { get; init; }

    /// <summary>Where its commands go.</summary>
    public Desk Desk { get => field ?? head.Desk; set; }

    public Scheme Scheme { get; } = head.Shelf.Current.First(current => current.Id == scheme);

    /// <summary>Hands the application in; then everything that follows of itself.</summary>
    public async Task<Application> SubmitAsync()
    {
        await HandInAsync();
        return await head.SettledAsync(Id);
    }

    /// <summary>As the POST does: the papers, the form, the claims.</summary>
    public async Task HandInAsync()
    {
        var persons = new[] { form.Applicant.IdNumber }.Concat(form.Household.Select(member => member.IdNumber)).Select(head.Get<PersonKeys>().Of);
        var papers = await PapersAsync(PapersLater ? [] : Scheme.Documents.Where(document => document.Required).Select(document => document.Kind));
        var submitted = await TakenAsync(new Submit(Id, village, "zh", "print", form, [.. persons], papers));
        await head.Get<Turns>().TakeClaimsAsync(submitted, head.Guard);
    }

    /// <summary>Does what the application waits for, until it has reached the step, or waits for the fund or for nothing.</summary>
    public async Task<Application> WalkAsync(string? until = null)
    {
        var application = await head.SettledAsync(Id);
        while (application.Step != until && !application.Final && application.Waiting is not { Kind: WaitingKind.Funds })
        {
            application = application switch
            {
                { Assignments: [_, ..] } => await DecideAsync(),
                { Notice: not null } => await head.PassDeadlineAsync(Id),
                { Waiting: { Kind: WaitingKind.Supplement } waiting } => await AddPapersAsync(waiting.Documents),
                { Waiting: { } waiting } => await AskAsync(waiting.Step),
                _ => throw new InvalidOperationException($"Nothing is waited for at {application.Step}."),
            };
        }
        return application;
    }

    /// <summary>The first who is asked decides.</summary>
    public async Task<Application> DecideAsync(Decision decision = Decision.Approve)
    {
        await TakenAsync(await BallotAsync(decision));
        return await head.SettledAsync(Id);
    }

    public async Task<CastVote> BallotAsync(Decision decision = Decision.Approve)
    {
        var application = await head.FindAsync(Id);
        var open = application.Assignments[0];
        var asked = open.Seats.First(seat => seat.Open).Candidates[0];
        var step = (DecisionStep)Scheme.StepOf(open.Step);
        var first = open.Seats.All(seat => seat.Open);
        var photos = first ? await PapersAsync(Enumerable.Repeat("photo", step.Photos)) : [];
        return new CastVote(
            asked.Staff, open.Key, open.Round, asked.Link, application.Version, decision, decision is Decision.Approve ? null : "不符合规定", [],
            [.. step.Checklist.Select(item => item.Key)], first ? measured.GetValueOrDefault(step.Key) : null,
            [.. photos.Select(photo => photo.Paper)], null);
    }

    public async Task<Head> TakenAsync(Command command)
    {
        var answer = await Desk.HandleAsync(Id, command, Scheme, head.Guard);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
        return answer.Head!;
    }

    /// <summary>Names of the events, in order.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync() =>
        [.. (await StreamAsync()).Select(recorded => recorded.Event.GetType().Name)];

    public async Task<IReadOnlyList<string>> PassedAsync() =>
        [.. (await StreamAsync()).Select(recorded => recorded.Event).OfType<StepPassed>().Select(passed => passed.Step)];

    /// <summary>The history is sound, nobody was told anything twice, and no turn failed but those that a test made fail.</summary>
    public async Task CheckAsync(int failed = 0)
    {
        Assert.Equal(failed, head.FailedTurns);
        Assert.True((await head.Get<Histories>().VerifyAsync(Id, head.Guard))!.Sound);
        Assert.Distinct(head.Mails);
    }

    private async Task<List<Recorded>> StreamAsync() =>
        [.. (await head.Get<IStreams>().ReadAsync(Id, head.Guard).ToListAsync(head.Guard)).Select(stored => stored.Recorded)];

    private async Task<Application> AskAsync(string step)
    {
        await TakenAsync(new MakeRequest(((DecisionStep)Scheme.StepOf(step)).Request!.Key, null));
        return await head.SettledAsync(Id);
    }

    private async Task<Application> AddPapersAsync(IReadOnlyList<string> kinds)
    {
        await TakenAsync(new Amend(null, [], await PapersAsync(kinds), null));
        return await head.SettledAsync(Id);
    }

    private async Task<IReadOnlyList<AddPaper>> PapersAsync(IEnumerable<string> kinds)
    {
        var papers = new List<AddPaper>();
        foreach (var kind in kinds)
        {
            var content = new MemoryStream(kind == "photo" ? Jpeg : Pdf);
            papers.Add(new AddPaper((await head.Get<IPaperStore>().TakeAsync(Id, kind, content, 1000, head.Guard)).Paper!, null));
        }
        return papers;
    }
}
