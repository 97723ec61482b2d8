using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;

namespace Subsidy.Core.Tests.Schemes;

/// <summary>Walks an application of a shipped scheme with the sample township's own staff: everybody approves, applicants answer at once.</summary>
internal sealed class Walk
{
    private readonly Scheme _scheme;
    private readonly Dictionary<string, JsonObject> _measurements;

    public Walk(Scheme scheme, Form form, string village, Dictionary<string, JsonObject>? measurements = null)
    {
        _scheme = scheme;
        _measurements = measurements ?? [];
        Case = new Case(scheme) { Township = Repository.Township.Register! };
        Case.Registers["monitoredHouseholds"] = true;
        var persons = new[] { form.Applicant.IdNumber }.Concat(form.Household.Select(member => member.IdNumber)).Select(Repository.KeyOf).ToList();
        var papers = scheme.Documents.Select((document, i) => new AddPaper(new Paper($"p{i}", document.Kind, "00", 1, "application/pdf"), null)).ToList();
        Case.When(new Submit(Case.Id, village, "zh", "print", form, persons, papers));
        Case.Settle();
    }

    public Case Case { get; }

    public IEnumerable<string> Passed => Case.Stream.Select(recorded => recorded.Event).OfType<StepPassed>().Select(passed => passed.Step);

    /// <summary>Goes on until nothing is left to do, or until <paramref name="stop"/> is the open step.</summary>
    public Walk Until(string? stop = null)
    {
        for (var i = 0; i < 100 && (stop is null || Case.A.Step != stop); i++)
        {
            Case.Settle();
            if (Case.A.Final || Case.A.Waiting is { Kind: WaitingKind.Funds } || !Step())
                return this;
        }
        return this;
    }

    private bool Step()
    {
        if (Case.A.Assignments is [var open, ..])
        {
            Assert.False(open.Blocked, $"Nobody is left for {open.Key}.");
            Case.When(Ballot(open.Seats.First(seat => seat.Open).Candidates[0].Staff, Decision.Approve));
        }
        else if (Case.A.Notice is not null)
            Case.PassNextDeadline();
        else if (Case.A.Waiting is { Kind: WaitingKind.Request or WaitingKind.Rectification } waiting)
            Case.When(new MakeRequest(((DecisionStep)_scheme.StepOf(waiting.Step)).Request!.Key, null));
        else if (Case.A.Waiting is { Kind: WaitingKind.Supplement } supplement)
            Case.When(new Amend(null, [], [.. supplement.Documents.Select(kind => new AddPaper(new Paper($"s-{kind}", kind, "00", 1, "image/png"), null))], null));
        else
            return false;
        return true;
    }

    public CastVote Ballot(string staff, Decision decision)
    {
        var step = (DecisionStep)_scheme.StepOf(Case.A.Step!);
        var first = Case.A.Assignments[0].Seats.All(seat => seat.Open);
        return Case.Ballot(
            staff, decision,
            measurements: first ? _measurements.GetValueOrDefault(step.Key) : null,
            photos: [.. Enumerable.Range(0, first ? step.Photos : 0).Select(n => new Paper($"f{n}", "photo", "00", 1, "image/jpeg"))],
            checklist: [.. step.Checklist.Select(item => item.Key)]);
    }

    /// <summary>Everyone who is asked at this step decides the same.</summary>
    public void All(Decision decision)
    {
        foreach (var _ in Case.A.Assignments[0].Seats)
            Case.When(Ballot(AnyCandidate, decision));
    }

    public string AnyCandidate => Case.A.Assignments[0].Seats.First(seat => seat.Open).Candidates[0].Staff;
}
