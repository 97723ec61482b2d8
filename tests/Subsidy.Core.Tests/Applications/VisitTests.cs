using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class VisitTests
{
    private static readonly Paper Photo = new("p1", "photo", "abc", 10, "image/jpeg");

    private static Case Visited(int need = 2) =>
        new Case(Of(Visit("survey", Gate.Township, OfficeSeat, OfficeSeat) with { Need = need }, Review("leader", Gate.Leader, LeaderSeat))).Accepted();

    private static CastVote Found(Case c, string staff, int area = 100, Decision decision = Decision.Approve) =>
        c.Ballot(staff, decision, measurements: new JsonObject { ["area"] = area }, photos: [Photo], checklist: ["plot"]);

    [Fact]
    public void A_visit_is_recorded_with_its_measurements_photos_checklist_and_checks()
    {
        var c = Visited();

        var voted = Assert.IsType<Voted>(Assert.Single(c.When(Found(c, "office1"))));

        Assert.Equal(100, (int)voted.Measurements!["area"]!);
        Assert.Equal([Photo], voted.Photos);
        Assert.Equal(["plot"], voted.Checklist);
        Assert.Equal([KeyValuePair.Create("fits", true)], voted.Checks);
        Assert.Equal(100, (int)c.A.Measured["survey"]!["area"]!);
    }

    [Fact]
    public void Everything_that_a_visit_lacks_is_told_at_once()
    {
        var c = Visited();

        var pointers = c.Refused(c.Ballot("office1", checklist: ["roof"])).Faults.Select(fault => fault.Pointer);

        Assert.Equal(["/checklist/roof", "/checklist/plot", "/measurements", "/photos"], pointers);
    }

    [Fact]
    public void Measurements_are_held_against_their_schema()
    {
        var c = Visited();

        Assert.Equal("/measurements/area", c.Refused(Found(c, "office1", area: -1)).Faults.Single().Pointer);
    }

    [Fact]
    public void A_check_that_blocks_stands_in_the_way_of_an_approval_but_not_of_a_rejection()
    {
        var c = Visited();

        Assert.Equal("/checks/fits", c.Refused(Found(c, "office1", area: 121)).Faults.Single().Pointer);
        var voted = c.When(Found(c, "office1", area: 121, Decision.Reject)).OfType<Voted>().Single();
        Assert.False(voted.Checks["fits"]);
    }

    [Fact]
    public void A_rejection_needs_no_measurements_and_a_check_that_lacks_them_counts_as_failed()
    {
        var c = Visited();

        var voted = c.When(c.Ballot("office1", Decision.Reject, photos: [Photo])).OfType<Voted>().Single();

        Assert.False(voted.Checks["fits"]);
    }

    [Fact]
    public void The_second_person_confirms_what_the_first_has_recorded()
    {
        var c = Visited();
        c.When(Found(c, "office1"));

        var events = c.When(c.Ballot("office2", checklist: ["plot"]));

        Assert.Null(events.OfType<Voted>().Single().Measurements);
        Assert.Contains(events, e => e is StepPassed);
    }

    [Fact]
    public void The_second_person_does_not_record_something_else()
    {
        var c = Visited();
        c.When(Found(c, "office1"));

        Assert.Equal("/measurements", c.Refused(Found(c, "office2", area: 90)).Faults.Single().Pointer);
        Assert.Contains(c.When(Found(c, "office2")), e => e is StepPassed);
    }

    [Fact]
    public void After_a_rejection_without_measurements_an_approval_still_has_to_bring_them()
    {
        var c = Visited(need: 1);
        c.When(c.Ballot("office1", Decision.Reject, photos: [Photo]));

        Assert.Equal("/measurements", c.Refused(c.Ballot("office2", checklist: ["plot"])).Faults.Single().Pointer);
        Assert.Contains(c.When(Found(c, "office2")), e => e is StepPassed);
    }

    [Fact]
    public void A_return_records_no_measurements_because_nobody_has_checked_them()
    {
        var c = Visited();
        c.When(c.Ballot("office1", Decision.Return, measurements: new JsonObject { ["area"] = "big" }));

        Assert.Empty(c.A.Measured);
    }

    [Fact]
    public void A_new_round_is_measured_anew()
    {
        var c = Visited();
        c.When(Found(c, "office1"));
        c.When(c.Ballot("office2", Decision.Return));
        c.Amend();

        Assert.Equal("/measurements", c.Refused(c.Ballot("office1", photos: [Photo], checklist: ["plot"])).Faults.Single().Pointer);
        c.When(Found(c, "office1", area: 90));
        Assert.Equal(90, (int)c.A.Measured["survey"]!["area"]!);
    }

    [Fact]
    public void Measurements_are_not_taken_where_the_scheme_asks_for_none()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

        Assert.Equal("/measurements", c.Refused(Found(c, "clerk1") with { Checklist = [], Photos = [] }).Faults.Single().Pointer);
    }

    [Fact]
    public void The_amount_follows_what_was_measured()
    {
        var c = new Case(Of(Visit("survey", Gate.Township, OfficeSeat), Pay()).Paying("measured.survey.area * 100")).Accepted();
        Assert.Null(c.A.Amount);

        var events = c.When(Found(c, "office1"));

        Assert.Equal(new Money(10000), events.OfType<AmountSet>().Single().Amount);
        Assert.Equal(new Money(10000), events.OfType<EntitlementGranted>().Single().Amount);
    }
}
