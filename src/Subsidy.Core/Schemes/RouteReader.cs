using System.Text.Json.Nodes;
using Subsidy.Core.Township;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>Reads the steps of a route, in order, and finds those that could never be reached or never be finished.</summary>
internal sealed class RouteReader(SchemeReader scheme, SchemaReader schemas, IReadOnlyList<DocumentRule> documents, bool hasAmount)
{
    private static readonly Dictionary<string, DecisionKind> Decisions =
        Enum.GetValues<DecisionKind>().ToDictionary(kind => YamlFields.Camel(kind.ToString()));
    private static readonly string[] Kinds = [.. Decisions.Keys, "notice", "issue", "pay", "supplement"];

    private readonly List<Step> _steps = [];

    public IReadOnlyList<Step> Read(YamlFields file)
    {
        YamlTree? ended = null;
        foreach (var fields in file.Each("route"))
        {
            if (ended is not null)
            {
                file.Faults.Add(fields.Map,
                    new($"走不到这一步：第{ended.Line}行的发放之后申请就结束了。", $"This step is never reached: the application ends with the payment on line {ended.Line}."),
                    new("请移到发放之前；先发放后核查的，在发放步骤写 payFirst: true。", "Move it before the payment; where money goes out first, write payFirst: true there."));
            }
            var step = Step(fields);
            if (step is null)
                continue;
            fields.End();
            Reachable(step, fields);
            _steps.Add(step);
            if (step is PayStep { PayFirst: false, When: null })
                ended ??= fields.Map;
        }
        scheme.Unique("route", "key");
        return _steps;
    }

    private Step? Step(YamlFields fields)
    {
        var key = fields.Name("key");
        var kind = fields.Line("kind");
        var gate = fields.Choice<Gate>("gate");
        var title = fields.Text("title");
        var when = scheme.Condition(fields, "when", _steps.Count, hasAmount);
        switch (kind)
        {
            case not null when Decisions.TryGetValue(kind, out var decision):
                return Decision(fields, key, gate, title, when, decision);
            case "notice":
                return Notice(fields, key, gate, title, when);
            case "issue":
                return new IssueStep(key, gate, title, when, [.. fields.Each("certificates").Select(Certificate)]);
            case "pay":
                if (!hasAmount)
                    fields.Faults.Add(fields.Map,
                        new("发放步骤没有金额。", "There is nothing to pay: the scheme has no amount."),
                        new("请写上 amount。", "Write an amount."));
                return new PayStep(
                    key, gate, title, when, fields.Id("fund"), fields.Flag("payFirst", false),
                    fields.Has("payeeCheck") ? scheme.Seat("payeeCheck", fields) : new Seat(Roles.FinanceApprover, Area.Township));
            case "supplement":
                return new SupplementStep(
                    key, gate, title, when,
                    [.. fields.List("documents").Select(item => SchemeReader.Document(fields, item, documents))], fields.Term("within"), fields.Term("warn"));
        }
        if (kind is not null)
            fields.Faults.Add(fields.Map.Find("kind")!.Value,
                new($"没有“{kind}”这种步骤。", $"There is no kind of step '{kind}'."),
                new($"可用：{string.Join(", ", Kinds)}。", $"There are: {string.Join(", ", Kinds)}."));
        return null;
    }

    private DecisionStep Decision(YamlFields fields, string key, Gate gate, Text title, Expression? when, DecisionKind kind)
    {
        var maps = fields.Each("seats").ToList();
        var seats = new List<Seat>();
        foreach (var map in maps)
        {
            // Two seats of one role need two people.
            var role = (map.Map.Find("role")?.Value as YamlValue)?.Value;
            seats.Add(scheme.Seat(map, 1 + seats.Count(seat => seat.Role == role)));
        }
        var need = fields.Number("need", 1, 20, Math.Max(1, seats.Count));
        if (need > seats.Count && seats.Count > 0)
        {
            fields.Faults.Add(fields.Map.Find("need")!.Value,
                new($"要求{need}人同意，但只有{seats.Count}个席位。", $"{need} must agree, but there are {seats.Count} seats."),
                new($"need 最多为{seats.Count}。", $"'need' is at most {seats.Count}."));
        }
        var onReject = fields.Choice("onReject", Rejection.Reject);
        if (onReject is Rejection.Recover && !_steps.OfType<PayStep>().Any(step => step.PayFirst))
            fields.Faults.Add(fields.Map.Find("onReject")!.Value,
                new("前面没有先发放的步骤，谈不上追回。", "Nothing is paid before this step, so nothing can be recovered."),
                new("请写 reject，或在前面加 payFirst: true 的发放步骤。", "Write reject, or put a pay step with payFirst: true before it."));
        var decisions = fields.Has("decisions")
            ? fields.List("decisions").Select(fields.ChoiceOf<Decision>).Distinct().ToList()
            : [.. Enum.GetValues<Decision>()];
        if (!decisions.Contains(Schemes.Decision.Approve))
            fields.Faults.Add(fields.Map.Find("decisions")!.Value,
                new("没有 approve，这一步永远通不过。", "Without approve this step can never be passed."),
                new("请加上 approve。", "Add approve."));
        if (onReject is Rejection.Rectify && !fields.Has("request"))
            fields.Faults.Add(fields.Map.Find("onReject")!.Value,
                new("申请人整改后无法提出复验，申请会停在这里。", "The applicant could not say that it has been put right, and the case would stand still."),
                new("请写上 request。", "Write a request."));
        if (onReject is not Rejection.Rectify && decisions.Contains(Schemes.Decision.Reject) && _steps.OfType<IssueStep>().Any())
            fields.Faults.Add(fields.Map,
                new("发证之后再否决，证书仍然有效。", "A rejection after the permit was issued would leave the permit standing."),
                new("请写 onReject: rectify，或从 decisions 中去掉 reject。", "Write onReject: rectify, or leave reject out of decisions."));
        return new DecisionStep(
            key, gate, title, when, kind, seats, need,
            fields.Term("within"),
            scheme.Escalation(fields),
            fields.Sub("measurements", needed: false) is { } measurements ? Measurements(measurements) : null,
            [.. fields.Each("checklist", needed: false).Select(Item)],
            [.. fields.Each("checks", needed: false).Select(Check)],
            fields.Number("photos", 0, 12, 0),
            decisions,
            fields.Sub("request", needed: false) is { } request ? Request(request) : null,
            onReject,
            onReject is Rejection.Rectify ? fields.Term("rectifyWithin") : null);
    }

    private JsonObject Measurements(YamlFields fields)
    {
        var before = schemas.Conditions.Count;
        var schema = schemas.Root(fields);
        foreach (var (_, at) in schemas.Conditions.Skip(before))
            fields.Faults.Add(at,
                new("测量项不能有条件。", "What is measured has no conditions."),
                new("请列入 required，或不要求。", "List it in 'required', or leave it optional."));
        return schema;
    }

    private static ChecklistItem Item(YamlFields fields)
    {
        var item = new ChecklistItem(fields.Name("key"), fields.Text("title"), fields.Flag("must", true));
        fields.End();
        return item;
    }

    private Check Check(YamlFields fields)
    {
        // A check may read what its own step has just measured.
        var check = new Check(
            fields.Name("key"), fields.Text("title"), scheme.Condition(fields, "that", _steps.Count + 1, hasAmount, needed: true)!, fields.Flag("blocks"));
        fields.End();
        return check;
    }

    private static RequestRule Request(YamlFields fields)
    {
        var rule = new RequestRule(fields.Name("key"), fields.Text("title"), fields.Term("within"));
        fields.End();
        return rule;
    }

    private NoticeStep Notice(YamlFields fields, string key, Gate gate, Text title, Expression? when)
    {
        var place = fields.Text("place");
        var days = fields.Number("days", 1, 60);
        var shows = fields.Each("shows").Select(NoticeLine).ToList();
        if (fields.Sub("objections") is not { } objections)
            return new NoticeStep(key, gate, title, when, place, days, shows, null!);
        var rule = new ObjectionRule(
            scheme.Seat("seat", objections), objections.Term("within"), scheme.Escalation(objections),
            objections.Flag("restart"), objections.Choice<ObjectionUpheld>("upheld"));
        objections.End();
        return new NoticeStep(key, gate, title, when, place, days, shows, rule);
    }

    private NoticeLine NoticeLine(YamlFields fields)
    {
        var line = new NoticeLine(
            fields.Text("label"), scheme.Condition(fields, "value", _steps.Count, hasAmount, needed: true)!, fields.Choice("mask", NoticeMask.None));
        fields.End();
        return line;
    }

    private Certificate Certificate(YamlFields fields)
    {
        var certificate = new Certificate(
            fields.Name("kind"), fields.Text("title"), fields.Line("prefix") ?? "",
            scheme.Condition(fields, "when", _steps.Count, hasAmount), [.. fields.Each("shows").Select(NoticeLine)]);
        fields.End();
        return certificate;
    }

    /// <summary>A condition that reads nothing is always the same.</summary>
    private static void Reachable(Step step, YamlFields fields)
    {
        if (step.When is not { Names.Count: 0 } constant)
            return;
        bool? holds = null;
        try
        {
            holds = constant.Holds([]);
        }
        catch (ExpressionException)
        {
            // Reported below like any other condition that decides nothing.
        }
        fields.Faults.Add(fields.Map.Find("when")!.Value,
            holds is true ? new("这个条件永远成立。", "This condition always holds.") : new("走不到这一步：条件永远不成立。", "This step is never reached: its condition never holds."),
            holds is true ? new("请去掉 when。", "Leave 'when' out.") : new("请写一个与申请有关的条件，或去掉这一步。", "Write a condition on the application, or leave the step out."));
    }
}
