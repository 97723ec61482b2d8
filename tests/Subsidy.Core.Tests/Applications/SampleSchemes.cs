using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Routes of one or two steps, to look at one rule at a time.</summary>
internal static class SampleSchemes
{
    public static readonly Seat VillageSeat = new("villageClerk", Area.Village);
    public static readonly Seat OfficeSeat = new("office", Area.Township);
    public static readonly Seat OtherOfficeSeat = new("otherOffice", Area.Township);
    public static readonly Seat LeaderSeat = new("leader", Area.Township);
    public static readonly Seat CountySeat = new("county", Area.County);

    public static readonly Escalation Escalation = new(Term.Parse("1 working day"), LeaderSeat, Term.Parse("2 working days"));

    public static Scheme Of(params Step[] route) => new(
        "sample", 1, "hash", new Text("样例", "Sample"), new Text("样例", "Sample"),
        [ApplicantKind.Person], HouseholdRule.Optional, Payee: true, new JsonObject { ["type"] = "object" },
        [
            new DocumentRule("idCopy", new Text("身份证复印件", "ID copy"), Required: false, null, ["application/pdf"], 1 << 20, 2),
            new DocumentRule("proof", new Text("证明", "Proof"), Required: false, null, ["application/pdf"], 1 << 20, 2),
        ],
        [], null, [], [], route,
        new CorrectionRule(Term.Parse("15 working days"), Term.Parse("3 working days"), 2),
        new AppealRule(Term.Parse("60 days"), CountySeat, Term.Parse("20 working days"), Escalation),
        LeaderSeat, new RetentionRule(30));

    public static DecisionStep Review(
        string key, Gate gate, params Seat[] seats) => new(
        key, gate, new Text(key, key), null, DecisionKind.Review, seats, seats.Length, Term.Parse("5 working days"), Escalation,
        null, [], [], 0, [Decision.Approve, Decision.Return, Decision.Reject], null, Rejection.Reject, null);

    /// <summary>Records what the household earns, in fen.</summary>
    public static DecisionStep Earning(this DecisionStep step) => step with
    {
        Measurements = (JsonObject)JsonNode.Parse("""{"type":"object","required":["income"],"properties":{"income":{"type":"integer","minimum":0}}}""")!,
    };

    public static DecisionStep When(this DecisionStep step, string condition) => step with { When = Expression.Parse(condition) };

    /// <summary>A visit that measures an area; it must not be larger than what was approved.</summary>
    public static DecisionStep Visit(string key, Gate gate, params Seat[] seats) => Review(key, gate, seats) with
    {
        Kind = DecisionKind.Visit,
        Photos = 1,
        Measurements = (JsonObject)JsonNode.Parse("""{"type":"object","required":["area"],"properties":{"area":{"type":"number","minimum":0}}}""")!,
        Checklist = [new ChecklistItem("plot", new Text("地块", "plot"), Must: true), new ChecklistItem("note", new Text("备注", "note"), Must: false)],
        Checks = [new Check("fits", new Text("不超面积", "not too large"), Expression.Parse($"measured.{key}.area <= 120"), Blocks: true)],
    };

    /// <summary>A visit on the applicant's request, where what is wrong is to be put right.</summary>
    public static DecisionStep Completion(string key = "completion") => Visit(key, Gate.Township, OfficeSeat) with
    {
        Photos = 0,
        Checklist = [],
        Request = new RequestRule(key, new Text("竣工", "completion"), Term.Parse("30 days")),
        OnReject = Rejection.Rectify,
        RectifyWithin = Term.Parse("20 working days"),
    };

    public static DecisionStep Forward(string key) => Review(key, Gate.County, CountySeat) with { Kind = DecisionKind.Forward };

    public static IssueStep Issue(string key = "issue", Expression? when = null) => new(
        key, Gate.Leader, new Text("发证", "issue"), null,
        [
            new Certificate("approval", new Text("批准书", "letter"), "HA", null,
                [new NoticeLine(new Text("持证人", "holder"), Expression.Parse("applicant.name"), NoticeMask.Name)]),
            new Certificate("planning", new Text("规划许可证", "planning permit"), "HP", when ?? Expression.Parse("answers.planned"), []),
        ]);

    public static PayStep Pay(string key = "pay", bool first = false, string? when = null) =>
        new(key, Gate.Pay, new Text("发放", "pay"), when is null ? null : Expression.Parse(when), "relief", first, OfficeSeat);

    public static SupplementStep Supplement(string key = "papers") => new(
        key, Gate.Township, new Text("补材料", "papers"), null, ["proof"], Term.Parse("10 working days"), Term.Parse("2 working days"));

    public static Scheme Paying(this Scheme scheme, string fen, Schedule schedule = Schedule.Once, int? periods = null, int? offset = null) =>
        scheme with { Amount = new AmountRule(Expression.Parse(fen), Rounding.Down, schedule, periods, offset) };

    /// <summary>Looked at again every so many periods, by the township office.</summary>
    public static Scheme Rechecked(this Scheme scheme, int every, params IReadOnlyList<string> documents) => scheme with
    {
        Amount = scheme.Amount! with
        {
            Recheck = new RecheckRule(every, Gate.Township, OfficeSeat, Term.Parse("10 working days"), Escalation, documents),
        },
    };

    /// <summary>And measures anew what the step has measured.</summary>
    public static Scheme Remeasuring(this Scheme scheme, string step) =>
        scheme with { Amount = scheme.Amount! with { Recheck = scheme.Amount.Recheck! with { Measures = step } } };

    /// <summary>One live application per household member.</summary>
    public static Scheme OncePerHousehold(this Scheme scheme) => scheme with
    {
        Limits = [new LimitRule("live", LimitPer.Household, LimitKind.Live, null, 1, 0, null, new Text("已有", "taken"))],
    };

    public static NoticeStep Notice(
        string key, bool restart = false, ObjectionUpheld upheld = ObjectionUpheld.Reject) => new(
        key, Gate.Village, new Text(key, key), null, new Text("村委会公示栏", "village board"), 7, [],
        new ObjectionRule(OfficeSeat, Term.Parse("3 working days"), Escalation, restart, upheld));
}
