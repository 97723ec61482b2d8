using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Papers;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Cases;

/// <summary>
/// One application as its stream tells it: what the head leaves out because it must stay small. Personal parts are null once the
/// application's key is destroyed.
/// </summary>
/// <param name="Form">As last amended.</param>
public sealed record CaseFile(
    Application Application,
    Scheme Scheme,
    Form? Form,
    IReadOnlyList<PaperFile> Papers,
    IReadOnlyList<Opinion> Opinions,
    IReadOnlyList<FiledObjection> Objections,
    IReadOnlyList<Said> Said,
    IReadOnlyDictionary<string, bool> Registers,
    IReadOnlyList<Recorded> Events)
{
    /// <summary>Null when there is no such application.</summary>
    public static async Task<CaseFile?> ReadAsync(string id, IStreams streams, ISchemes schemes, CancellationToken cancel)
    {
        var head = await streams.LoadAsync(id, cancel);
        if (head is null)
            return null;
        var events = new List<Recorded>();
        await foreach (var stored in streams.ReadAsync(id, cancel))
            events.Add(stored.Recorded);
        return Of(head.Application, await schemes.PinnedAsync(head.Application.Scheme, cancel), events);
    }

    public static CaseFile Of(Application application, Scheme scheme, IReadOnlyList<Recorded> events)
    {
        var objections = events.Where(e => e.Event is Objected)
            .Select(e => FiledObjection.Of(e, events))
            .ToList();
        return new CaseFile(
            application,
            scheme,
            events.Select(e => e.Event).Select(e => e switch { Submitted s => s.Form, Amended a => a.Form, _ => null }).LastOrDefault(form => form is not null),
            PaperFile.Of(events),
            [.. events.Select(Opinion.Of).OfType<Opinion>()],
            objections,
            [.. events.Select(Cases.Said.Of).OfType<Said>()],
            events.Select(e => e.Event).OfType<Submitted>().LastOrDefault()?.Registers ?? new Dictionary<string, bool>(StringComparer.Ordinal),
            events);
    }

    /// <summary>What a question of the application is called: a step by its title, objections and appeals by their step's.</summary>
    public Text TitleOf(string step) => Titles.Step(Scheme, step);

    public JsonObject? Measured(string step) => Application.Measured[step] as JsonObject;
}
