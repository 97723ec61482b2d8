using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Links;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Decisions;

/// <summary>The decision form, read into the command that it stands for.</summary>
internal static class DecisionForm
{
    /// <summary>Names of inputs that belong to the page and not to the decision.</summary>
    private static readonly string[] Own = ["confirm", "__RequestVerificationToken"];

    public const string Confirm = "confirm";

    /// <param name="faults">What cannot even be put into a command: no decision chosen, a number that is none.</param>
    public static CastVote Read(Typed typed, DecisionModel model, DecisionLink link, out IReadOnlyList<Fault> faults)
    {
        var reader = new FieldReader(typed);
        var measurements = model.Measurements.Count > 0 ? reader.Object(model.Measurements) : null;
        var found = reader.Faults.ToList();
        var chosen = Enum.TryParse<Decision>(typed["decision"], ignoreCase: true, out var decision) && Enum.IsDefined(decision);
        if (!chosen)
            found.Insert(0, new Fault("/decision", new Text("请选择一个决定。", "Please choose a decision.")));
        faults = found;
        return Vote(link, decision, model.Shown) with
        {
            Shown = int.TryParse(typed["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var shown) ? shown : model.Shown,
            Comment = typed["comment"].ReplaceLineEndings("\n").Trim(),
            Missing = decision is Decision.Return ? Missing(typed, model) : [],
            Checklist = typed.All("checklist"),
            Measurements = measurements is { Count: > 0 } && decision is Decision.Approve or Decision.Reject ? measurements : null,
            DelegateTo = typed["delegateTo"] is { Length: > 0 } to ? to : null,
        };
    }

    /// <summary>A bare vote of the link's person, for asking the core what would become of it.</summary>
    public static CastVote Vote(DecisionLink link, Decision decision, int shown) =>
        new(link.Staff, link.Assignment, link.Round, link.Number, shown, decision, "-", [], [], null, [], null);

    /// <summary>What a confirmation page carries on, so that nothing has to be typed again.</summary>
    public static IEnumerable<(string Name, string Value)> Carried(Typed typed) =>
        typed.Names.Except(Own, StringComparer.Ordinal).SelectMany(name => typed.All(name).Select(value => (name, value)));

    private static List<Missing> Missing(Typed typed, DecisionModel model)
    {
        // The applicant reads this, in the language of the application.
        var language = CultureInfo.GetCultureInfo(model.Case.Application.Language == "en" ? "en" : "zh-CN");
        var papers = model.Case.Scheme.Documents
            .Where(document => typed.Has("missing", document.Kind))
            .Select(document => new Missing($"/papers/{document.Kind}", document.Title.In(language)));
        var others = typed["missingOther"].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new Missing("", line));
        return [.. papers, .. others];
    }
}
