using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Papers;

namespace Subsidy.Local.Demo;

/// <summary>One application of the demonstration, in the hands of the people whom it is put to.</summary>
internal sealed class DemoCase(string id, Desk desk, ISchemes schemes, IPaperStore papers)
{
    private const string Witness = "jiang-shuzhen";

    public string Id => id;

    public async Task<Application> ReadAsync(CancellationToken cancel) =>
        (await desk.FindAsync(id, cancel))?.Application ?? throw new InvalidOperationException($"The demonstration has lost application {id}.");

    /// <summary>Everyone who is asked decides the same way, until the question is settled.</summary>
    public async Task AllAsync(Decision decision, CancellationToken cancel)
    {
        var key = (await ReadAsync(cancel)).Assignments[^1].Key;
        while ((await ReadAsync(cancel)).Assignments.FirstOrDefault(x => x.Key == key) is { } open && open.Seats.Any(seat => seat.Open))
            await OneAsync(open, decision, cancel);
    }

    /// <summary>The first who is asked decides.</summary>
    public async Task OneAsync(Decision decision, CancellationToken cancel) =>
        await OneAsync((await ReadAsync(cancel)).Assignments[^1], decision, cancel);

    /// <summary>Handed over on the spot, before the eyes of somebody of the civil affairs office.</summary>
    public async Task HandOverAsync(string payer, string receipt, CancellationToken cancel) => await SayAsync(
        new SignHandOver(
            payer, (await ReadAsync(cancel)).Entitlements[0].Id, HandOverKind.Cash, null, receipt, await PhotosAsync(1, cancel), Witness),
        cancel);

    public async Task WitnessAsync(CancellationToken cancel)
    {
        var owed = (await ReadAsync(cancel)).Entitlements[0];
        await SayAsync(new WitnessHandOver(Witness, owed.Id, owed.HandOver!.Number), cancel);
    }

    public async Task SayAsync(Command command, CancellationToken cancel)
    {
        var answer = await desk.HandleAsync(id, command, null, cancel);
        if (answer.Refusal is { } refusal)
            throw new InvalidOperationException($"The demonstration was refused: {string.Join(' ', refusal.Faults.Select(fault => $"{fault.Pointer} {fault.Message.En}"))}");
    }

    private async Task OneAsync(Assignment assignment, Decision decision, CancellationToken cancel)
    {
        var application = await ReadAsync(cancel);
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var step = assignment.Kind is AssignmentKind.Step ? (DecisionStep)scheme.StepOf(assignment.Step) : null;
        var candidate = assignment.Seats.First(seat => seat.Open).Candidates[0];
        var first = assignment.Seats.All(seat => seat.Vote is null);
        await SayAsync(
            new CastVote(
                candidate.Staff, assignment.Key, assignment.Round, candidate.Link, application.Version, decision,
                decision is Decision.Approve && step is not null ? null : "情况已核实，理由如实记录。",
                decision is Decision.Return ? [new Missing($"/papers/{scheme.Documents[0].Kind}", "请补交清晰的复印件。")] : [],
                decision is Decision.Approve && step is not null ? [.. step.Checklist.Select(item => item.Key)] : [],
                first && decision is Decision.Approve && step?.Measurements is not null ? DemoMeasurements.Of(step.Key) : null,
                await PhotosAsync(first && decision is not Decision.Return ? step?.Photos ?? 0 : 0, cancel),
                null),
            cancel);
    }

    private async Task<IReadOnlyList<Paper>> PhotosAsync(int count, CancellationToken cancel)
    {
        var photos = new List<Paper>();
        for (var number = 0; number < count; number++)
        {
            using var content = new MemoryStream(DemoForms.Photo(number));
            photos.Add((await papers.TakeAsync(id, "photo", content, content.Length, cancel)).Paper!);
        }
        return photos;
    }
}
