using System.Globalization;
using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.People;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>What expressions read of an application.</summary>
public static class Facts
{
    /// <summary>
    /// The part of the form that the scheme's expressions name, to be kept with the application: ages and relations always; names, ID
    /// and telephone numbers and answers only where an expression reads them (PIPL art. 6, no more than is needed).
    /// </summary>
    /// <param name="today">The local date; ages are counted on it.</param>
    public static JsonObject Of(Scheme scheme, Form form, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        var names = SchemeExpressions.AllOf(scheme).SelectMany(expression => expression.Names).ToHashSet(StringComparer.Ordinal);
        return Of(form, today, (root, field) =>
            names.Contains($"{root}.{field}") || names.Any(name => name.StartsWith($"{root}.{field}.", StringComparison.Ordinal)));
    }

    /// <summary>The whole form, for the rules that are checked before anything is kept.</summary>
    internal static JsonObject OfAll(Form form, DateOnly today) => Of(form, today, (_, _) => true);

    private static JsonObject Of(Form form, DateOnly today, Func<string, string, bool> named)
    {
        ArgumentNullException.ThrowIfNull(form);
        var applicant = new JsonObject
        {
            ["kind"] = form.Applicant.Kind.ToString().ToLowerInvariant(),
            ["age"] = AgeOf(form.Applicant.IdNumber, today),
        };
        AddNamed(
            applicant, "applicant", ("name", form.Applicant.Name), ("idNumber", Typed(form.Applicant.IdNumber)), ("phone", Typed(form.Applicant.Phone)));
        var household = new JsonArray();
        foreach (var person in form.Household)
        {
            var member = new JsonObject { ["relation"] = person.Relation, ["age"] = AgeOf(person.IdNumber, today) };
            AddNamed(member, "household", ("name", person.Name), ("idNumber", Typed(person.IdNumber)));
            household.Add(member);
        }
        var answers = new JsonObject();
        foreach (var (name, answer) in form.Answers)
        {
            if (named("answers", name) && !FormSchema.Unanswered(answer))
                answers[name] = answer!.DeepClone();
        }
        return new JsonObject { ["applicant"] = applicant, ["household"] = household, ["answers"] = answers };

        void AddNamed(JsonObject to, string root, params (string Field, string Value)[] fields)
        {
            foreach (var (field, value) in fields.Where(item => named(root, item.Field)))
                to[field] = value;
        }
    }

    private static string Typed(string number) => Pasted.Number(number).ToUpperInvariant();

    private static JsonValue? AgeOf(string idNumber, DateOnly today) =>
        IdNumber.TryParse(idNumber, today, out var number, out _) ? JsonValue.Create(number.AgeOn(today)) : null;

    /// <summary>Everything that an expression may name, at one moment.</summary>
    /// <param name="amount">In fen as <c>amount</c>; null while there is none.</param>
    /// <param name="papers">How many of each kind there are; a kind of which there is none reads as null: <c>papers.x == null</c>.</param>
    /// <param name="submittedAt">As <c>submitted.year</c>, <c>.month</c>, <c>.day</c> and <c>.date</c> of the local calendar.</param>
    public static JsonObject Scope(
        JsonObject facts,
        JsonObject measured,
        IReadOnlyDictionary<string, bool> registers,
        Money? amount,
        DateTimeOffset? submittedAt,
        IReadOnlyDictionary<string, int> papers)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(measured);
        var scope = (JsonObject)facts.DeepClone();
        scope["measured"] = measured.DeepClone();
        scope["register"] = new JsonObject(registers.Select(register => KeyValuePair.Create<string, JsonNode?>(register.Key, register.Value)));
        scope["papers"] = new JsonObject(papers.Select(paper => KeyValuePair.Create<string, JsonNode?>(paper.Key, paper.Value)));
        if (amount is { } money)
            scope["amount"] = money.Fen;
        if (submittedAt is { } at)
        {
            var date = ChinaTime.DateOf(at);
            scope["submitted"] = new JsonObject
            {
                ["year"] = date.Year,
                ["month"] = date.Month,
                ["day"] = date.Day,
                ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            };
        }
        return scope;
    }
}
