using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>An expression where it stands, and what it may read there.</summary>
/// <param name="StepsBefore">Measurements of the first so many steps of the route may be read; -1: none, nor the amount.</param>
/// <param name="Amount">Whether <c>amount</c> may be read.</param>
/// <param name="FormOnly">Only what the applicant fills in: the page evaluates it before anything is sent.</param>
internal sealed record ExpressionUse(Expression Expression, YamlTree At, int StepsBefore, bool Amount, bool FormOnly = false);

/// <summary>A seat where it stands, and how many of its kind stand beside it.</summary>
internal sealed record SeatUse(Seat Seat, int Count, YamlTree At);

/// <summary>One reading of a scheme file's map; faults go into the fields' list.</summary>
internal sealed class SchemeReader(YamlFields file)
{
    private const int MostMegabytes = 20;

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["pdf"] = "application/pdf",
        ["jpeg"] = "image/jpeg",
        ["png"] = "image/png",
        ["heic"] = "image/heic",
    };

    private readonly SchemaReader _schemas = new(file.Faults);

    public List<ExpressionUse> Uses { get; } = [];
    public List<SeatUse> Seats { get; } = [];

    public Scheme Read(string hash)
    {
        var answers = file.Sub("form") is { } form ? _schemas.Root(form) : new JsonObject { ["properties"] = new JsonObject() };
        Uses.AddRange(_schemas.Conditions.Select(condition => new ExpressionUse(condition.Condition, condition.At, -1, false, FormOnly: true)));
        var documents = file.Each("documents", needed: false).Select(Document).ToList();
        Unique("documents", "kind");
        var registers = file.List("registers", needed: false).Select(item => file.NameOf(item, file.LineOf(item) ?? "")).ToList();
        var steps = new RouteReader(this, _schemas, documents, file.Has("amount"));
        var route = steps.Read(file);
        var scheme = new Scheme(
            file.Id("id"),
            file.Number("version", 1, 9999),
            hash,
            file.Text("title"),
            file.Text("summary"),
            [.. file.List("applicants").Select(file.ChoiceOf<ApplicantKind>).Distinct()],
            file.Choice("household", HouseholdRule.None),
            file.Flag("payee", false),
            answers,
            documents,
            [.. file.Each("eligibility", needed: false).Select(Rule)],
            file.Sub("amount", needed: false) is { } amount ? Amount(amount, route, documents) : null,
            [.. file.Each("limits", needed: false).Select(Limit)],
            registers,
            route,
            file.Sub("correction") is { } correction ? Correction(correction) : new(Any, Any, 1),
            file.Sub("appeal") is { } appeal ? Appeal(appeal) : new(Any, NoSeat, Any, NoEscalation),
            file.Sub("oversight") is { } oversight ? Seat(oversight) : NoSeat,
            file.Sub("retention") is { } retention ? Retention(retention) : new(1))
        {
            Excludes = [.. file.List("excludes", needed: false).Select(Excluded)],
        };
        Unique("eligibility", "key");
        Unique("limits", "key");
        file.End();
        return scheme;
    }

    private string Excluded(YamlTree item)
    {
        var id = file.LineOf(item) ?? "";
        if (id == file.Line("id", needed: false))
            file.Faults.Add(item, new("事项不能排斥自己。", "A scheme does not exclude itself."), new("请写另一个事项的编号。", "Name another scheme."));
        return id;
    }

    // Stand-ins: where one is used there is a fault as well, so no scheme comes out.
    private static readonly Term Any = new(1, TermUnit.Days);
    private static readonly Seat NoSeat = new("", Area.Township);
    private static readonly Escalation NoEscalation = new(Any, NoSeat, Any);

    private DocumentRule Document(YamlFields fields)
    {
        var kind = fields.Name("kind");
        if (kind is "photo" or "application")
            file.Faults.Add(fields.Map.Find("kind")!.Value,
                new($"“{kind}”另有用途。", $"'{kind}' has another use."),
                new("请换一个名称。", "Choose another name."));
        var rule = new DocumentRule(
            kind,
            fields.Text("title"),
            fields.Flag("required"),
            Condition(fields, "when", -1, false),
            [.. fields.Has("types") ? fields.List("types").Select(item => MediaType(fields, item)) : MediaTypes.Values],
            fields.Number("maxMegabytes", 1, MostMegabytes, 10) * 1024L * 1024L,
            fields.Number("maxCount", 1, 12, 3));
        fields.End();
        return rule;
    }

    private static string MediaType(YamlFields fields, YamlTree item)
    {
        if (fields.LineOf(item) is { } name && MediaTypes.TryGetValue(name, out var type))
            return type;
        fields.Faults.Add(item,
            new("不能收这种文件。", "Files of this type are not taken."),
            new($"可用：{string.Join(", ", MediaTypes.Keys)}。", $"There are: {string.Join(", ", MediaTypes.Keys)}."));
        return "";
    }

    private Rule Rule(YamlFields fields)
    {
        var rule = new Rule(
            fields.Name("key"),
            Condition(fields, "that", -1, false, needed: true)!,
            fields.Text("message"),
            fields.Line("field") ?? "",
            Condition(fields, "when", -1, false));
        fields.End();
        return rule;
    }

    private AmountRule Amount(YamlFields fields, IReadOnlyList<Step> route, IReadOnlyList<DocumentRule> documents)
    {
        // What is measured once the money is on its way comes too late for it.
        var pay = route.Select((step, index) => (step, index)).FirstOrDefault(item => item.step is PayStep);
        if (pay.step is null)
            file.Faults.Add(fields.Map,
                new("有金额，但流程里没有发放（pay）。", "There is an amount, but the route has no pay step."),
                new("请加上 pay 步骤，或去掉 amount。", "Add a pay step, or leave the amount out."));
        var fen = Condition(fields, "fen", pay.step is null ? route.Count : LastPay(route), false, needed: true);
        var rule = new AmountRule(
            fen!,
            fields.Choice<Rounding>("rounding"),
            fields.Choice("schedule", Schedule.Once),
            fields.Has("periods") ? fields.Number("periods", 1, 600, 1) : null,
            fields.Has("offset") ? fields.Number("offset", 1, 90, 1) : null)
        {
            Recheck = fields.Sub("recheck", needed: false) is { } recheck ? Recheck(recheck, documents, route, fen) : null,
        };
        if (rule is { Schedule: Schedule.Once, Offset: not null })
            file.Faults.Add(fields.Map.Find("offset")!.Value,
                new("一次性发放没有以后的款项可以抵扣。", "What is paid once has no later periods to keep anything back from."),
                new("请去掉 offset，或把 schedule 改为 monthly 或 semester。", "Leave 'offset' out, or make the schedule monthly or semester."));
        if (rule is { Schedule: Schedule.Once, Periods: not null })
            file.Faults.Add(fields.Map.Find("periods")!.Value,
                new("一次性发放没有期数。", "What is paid once has no periods."),
                new("请去掉 periods，或把 schedule 改为 monthly 或 semester。", "Leave 'periods' out, or make the schedule monthly or semester."));
        if (rule is { Schedule: Schedule.Once, Recheck: not null })
            file.Faults.Add(fields.Map.Find("recheck")!.Value,
                new("一次性发放不复核。", "What is paid once is not checked again."),
                new("请去掉 recheck，或把 schedule 改为 monthly 或 semester。", "Leave 'recheck' out, or make the schedule monthly or semester."));
        if (rule.Schedule is not Schedule.Once && route.OfType<PayStep>().Any(step => step.PayFirst))
            file.Faults.Add(fields.Map.Find("schedule")!.Value,
                new("先行给付（payFirst）只能一次性发放。", "What is paid first is paid once."),
                new("请把 schedule 改为 once，或去掉 payFirst。", "Make the schedule once, or leave 'payFirst' out."));
        fields.End();
        return rule;
    }

    private RecheckRule Recheck(YamlFields fields, IReadOnlyList<DocumentRule> documents, IReadOnlyList<Step> route, Expression? fen)
    {
        var rule = new RecheckRule(
            fields.Number("every", 1, 120), fields.Choice<Gate>("gate"), Seat("seat", fields), fields.Term("within"), Escalation(fields),
            [.. fields.List("documents", needed: false).Select(item => Document(fields, item, documents))])
        {
            Measures = fields.Line("measures", needed: false) is { } step ? Measures(fields, step, route, fen) : null,
        };
        fields.End();
        return rule;
    }

    /// <summary>A step that measures something that the amount depends on, and does so before it is paid.</summary>
    private static string Measures(YamlFields fields, string key, IReadOnlyList<Step> route, Expression? fen)
    {
        var measuring = route.Take(LastPay(route)).OfType<DecisionStep>().Where(step => step.Measurements is not null).Select(step => step.Key).ToList();
        if (!measuring.Contains(key))
        {
            fields.Faults.Add(fields.Map.Find("measures")!.Value,
                route.Any(step => step.Key == key)
                    ? new($"步骤“{key}”不测量，或者不在发放之前。", $"Step '{key}' measures nothing, or does not come before the payment.")
                    : new($"没有步骤“{key}”。", $"There is no step '{key}'."),
                measuring.Count > 0
                    ? new($"可用：{string.Join(", ", measuring)}。", $"There are: {string.Join(", ", measuring)}.")
                    : new("发放之前没有步骤测量数据，请去掉 measures。", "No step measures anything before the payment; leave 'measures' out."));
        }
        else if (fen is not null && !fen.Names.Any(name => name.StartsWith($"measured.{key}.", StringComparison.Ordinal)))
        {
            fields.Faults.Add(fields.Map.Find("measures")!.Value,
                new($"金额与步骤“{key}”的数据无关，重新测量没有用处。", $"The amount does not depend on what '{key}' measures, so measuring it anew is of no use."),
                new($"请在 fen 中使用 measured.{key}，或去掉 measures。", $"Use measured.{key} in 'fen', or leave 'measures' out."));
        }
        return key;
    }

    /// <summary>The kind of a paper that the scheme asks for.</summary>
    public static string Document(YamlFields fields, YamlTree item, IReadOnlyList<DocumentRule> documents)
    {
        var kind = fields.LineOf(item) ?? "";
        if (!documents.Any(document => document.Kind == kind))
            fields.Faults.Add(item,
                new($"没有“{kind}”这种材料。", $"There is no document '{kind}'."),
                new($"可用：{string.Join(", ", documents.Select(document => document.Kind))}。", $"There are: {string.Join(", ", documents.Select(document => document.Kind))}."));
        return kind;
    }

    private static int LastPay(IReadOnlyList<Step> route) =>
        route.Select((step, index) => step is PayStep ? index : -1).DefaultIfEmpty(-1).Max();

    private LimitRule Limit(YamlFields fields)
    {
        var kind = fields.Choice<LimitKind>("kind");
        var rule = new LimitRule(
            fields.Name("key"),
            fields.Choice<LimitPer>("per"),
            kind,
            kind is LimitKind.Distinct ? Condition(fields, "distinct", -1, false, needed: true) : null,
            kind is LimitKind.Rolling ? fields.Number("max", 1, 100) : 1,
            kind is LimitKind.Rolling ? fields.Number("months", 1, 120) : 0,
            Condition(fields, "when", -1, false),
            fields.Text("message"));
        fields.End();
        return rule;
    }

    private static CorrectionRule Correction(YamlFields fields)
    {
        var rule = new CorrectionRule(fields.Term("within"), fields.Term("warn"), fields.Number("times", 1, 20));
        fields.End();
        return rule;
    }

    private AppealRule Appeal(YamlFields fields)
    {
        var rule = new AppealRule(fields.Term("within"), Seat("seat", fields), fields.Term("decide"), Escalation(fields));
        fields.End();
        return rule;
    }

    private static RetentionRule Retention(YamlFields fields)
    {
        var rule = new RetentionRule(fields.Number("years", 1, 100));
        fields.End();
        return rule;
    }

    public Escalation Escalation(YamlFields fields)
    {
        if (fields.Sub("escalation") is not { } escalation)
            return NoEscalation;
        var rule = new Escalation(escalation.Term("remind"), Seat("to", escalation), escalation.Term("every"));
        escalation.End();
        return rule;
    }

    public Seat Seat(string key, YamlFields fields) => fields.Sub(key) is { } seat ? Seat(seat) : NoSeat;

    public Seat Seat(YamlFields fields, int count = 1)
    {
        var seat = new Seat(fields.Name("role"), fields.Choice<Area>("area"));
        fields.End();
        Seats.Add(new SeatUse(seat, count, fields.Map));
        return seat;
    }

    /// <summary>An expression, noted together with what it may read.</summary>
    public Expression? Condition(YamlFields fields, string key, int stepsBefore, bool amount, bool needed = false)
    {
        if (fields.Expression(key, needed) is not { } expression)
            return null;
        Uses.Add(new ExpressionUse(expression, fields.Map.Find(key)!.Value, stepsBefore, amount));
        return expression;
    }

    /// <summary>No two items of a list have the same key.</summary>
    public void Unique(string list, string key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in (file.Take(list) as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (item.Find(key)?.Value is YamlValue value && !seen.Add(value.Value))
                file.Faults.Add(value, new($"“{value.Value}”用了两次。", $"'{value.Value}' is used twice."), new("请换一个名称。", "Choose another name."));
        }
    }
}
