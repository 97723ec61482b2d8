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
        [ApplicantKind.Person], HouseholdRule.Optional, Payee: false, new JsonObject { ["type"] = "object" },
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

    public static NoticeStep Notice(
        string key, bool restart = false, ObjectionUpheld upheld = ObjectionUpheld.Reject) => new(
        key, Gate.Village, new Text(key, key), null, new Text("村委会公示栏", "village board"), 7, [],
        new ObjectionRule(OfficeSeat, Term.Parse("3 working days"), Escalation, restart, upheld));
}
