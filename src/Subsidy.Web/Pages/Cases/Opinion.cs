using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Pages.Cases;

/// <summary>What somebody decided, and on what.</summary>
/// <param name="To">For a delegation: to whom.</param>
public sealed record Opinion(
    int Number,
    DateTimeOffset At,
    string Staff,
    string Assignment,
    int Round,
    Decision Decision,
    string? Comment,
    IReadOnlyList<Missing> Missing,
    IReadOnlyList<string> Checklist,
    IReadOnlyDictionary<string, bool> Checks,
    JsonObject? Measurements,
    IReadOnlyList<Paper> Photos,
    string? To)
{
    private static readonly Dictionary<string, bool> NoChecks = [];

    public static Opinion? Of(Recorded recorded) => recorded.Event switch
    {
        Voted v => new Opinion(
            recorded.Number, recorded.At, v.Staff, v.Assignment, v.Round, v.Decision, v.Comment, v.Missing ?? [], v.Checklist, v.Checks, v.Measurements,
            v.Photos, null),
        Recused r => new Opinion(recorded.Number, recorded.At, r.Staff, r.Assignment, r.Round, Decision.Recuse, r.Comment, [], [], NoChecks, null, [], null),
        Delegated d => new Opinion(recorded.Number, recorded.At, d.Staff, d.Assignment, d.Round, Decision.Delegate, d.Comment, [], [], NoChecks, null, [], d.To),
        _ => null,
    };
}
