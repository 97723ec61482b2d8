using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>补正, said once (Administrative Licensing Law art. 32).</summary>
public class CorrectionTests
{
    private static readonly Scheme Two = Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat));

    private static Case Returned(Scheme? scheme = null)
    {
        var c = new Case(scheme ?? Two).Accepted();
        c.Vote("clerk1", Decision.Return);
        return c;
    }

    [Fact]
    public void A_return_names_everything_that_is_missing_and_gives_time_for_it()
    {
        var c = new Case(Two).Accepted();

        var returned = c.Vote("clerk1", Decision.Return).OfType<Returned>().Single();

        Assert.Equal([new Missing("/papers/proof", "the proof")], returned.Missing);
        Assert.Equal(Status.Returned, c.A.Status);
        Assert.True(returned.WarnAt < returned.Due);
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.Returned, Staff: null });
    }

    [Fact]
    public void A_return_that_names_nothing_is_refused()
    {
        var c = new Case(Two).Accepted();

        Assert.Equal("/missing", c.Refused(c.Ballot("clerk1", Decision.Return, missing: [])).Faults.Single().Pointer);
    }

    [Fact]
    public void A_return_names_no_more_than_fits_one_letter()
    {
        var c = new Case(Two).Accepted();
        var long1 = new Missing("/papers/proof", new string('长', 2001));

        Assert.Equal("/missing", c.Refused(c.Ballot("clerk1", Decision.Return, missing: [long1])).Faults.Single().Pointer);
    }

    [Fact]
    public void What_several_offices_find_missing_is_said_in_one_message()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        var first = c.When(c.Ballot("office1", Decision.Return, missing: [new Missing("/papers/idCopy", "both sides"), new Missing("/answers/area", "measure")]));
        Assert.DoesNotContain(first, e => e is Returned);

        var returned = c.When(c.Ballot("other1", Decision.Return, missing: [new Missing("/answers/area", "measure"), new Missing("/papers/proof", "signed")]))
            .OfType<Returned>().Single();

        Assert.Equal(["both sides", "measure", "signed"], returned.Missing!.Select(missing => missing.Text));
    }

    [Fact]
    public void A_return_waits_for_colleagues_but_not_past_the_due_date()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        c.Vote("office1", Decision.Return);
        Assert.IsType<Reminded>(Assert.Single(c.PassNextDeadline()));

        Assert.Contains(c.PassNextDeadline(), e => e is Returned);
    }

    [Fact]
    public void A_return_after_the_due_date_waits_for_nobody()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        c.PassUntil<Escalated>();

        Assert.Contains(c.Vote("office1", Decision.Return), e => e is Returned);
    }

    [Fact]
    public void A_return_is_not_held_up_by_a_seat_that_nobody_can_fill()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat)))
        {
            Township = SampleTownship.Without("other1", "stand2"),
        }.Accepted();
        c.Vote("office1", Decision.Return);

        c.PassUntil<Returned>();
    }

    [Fact]
    public void An_answer_brings_the_application_back_to_the_same_step_for_another_round()
    {
        var c = new Case(Two).Accepted();
        c.Vote("clerk1");
        c.Vote("office1", Decision.Return);

        var assigned = c.Amend().OfType<Assigned>().Single();

        Assert.Equal(("township", 2), (assigned.Step, assigned.Round));
        Assert.Contains(c.Vote("office1"), e => e is Closed);
    }

    [Fact]
    public void A_ballot_of_the_round_before_is_of_no_use_in_the_next()
    {
        var c = new Case(Two).Accepted();
        var old = c.Ballot("clerk2");
        c.Vote("clerk1", Decision.Return);
        c.Amend();

        Assert.Equal(RefusalCode.AlreadyDone, c.Refused(old with { Shown = c.A.Version }).Code);
    }

    [Fact]
    public void The_head_knows_which_event_has_the_latest_form()
    {
        var c = Returned();
        Assert.IsType<Submitted>(c.Stream.Single(one => one.Number == c.A.FormAt).Event);

        c.Amend(Case.Form);
        Assert.IsType<Amended>(c.Stream.Single(one => one.Number == c.A.FormAt).Event);

        var latest = c.A.FormAt;
        c.Vote("clerk1", Decision.Return);
        c.When(Case.Paper());
        c.When(new Amend(null, [Case.ApplicantKey], [], null));
        Assert.Equal(latest, c.A.FormAt);
    }

    [Fact]
    public void An_empty_answer_is_refused_although_mails_have_been_recorded_since()
    {
        var c = Returned();
        c.Settle();

        Assert.Equal(RefusalCode.Invalid, c.Refused(new Amend(null, [Case.ApplicantKey], [], " ")).Code);
        c.When(Case.Paper());
        Assert.Contains(c.When(new Amend(null, [Case.ApplicantKey], [], null)), e => e is Assigned);
    }

    [Fact]
    public void Nothing_is_amended_that_nobody_asked_for()
    {
        Assert.Equal(RefusalCode.MovedOn, new Case(Two).Accepted().Refused(new Amend(Case.Form, [Case.ApplicantKey], [], null)).Code);
    }

    [Fact]
    public void A_paper_can_be_handed_in_again_however_many_there_are()
    {
        var roomy = Two with { Documents = [.. Two.Documents.Select(document => document with { MaxCount = 99 })] };
        var c = new Case(roomy);
        c.When(Case.Submission() with { Papers = [.. Enumerable.Repeat(Case.Paper(), 12)] });
        c.Claim();
        c.Vote("clerk1", Decision.Return);

        Assert.Contains(c.Amend(), e => e is PaperAdded);
    }

    [Fact]
    public void Papers_that_come_again_with_an_amended_form_stand_for_the_earlier_ones()
    {
        var c = new Case(Two);
        c.When(Case.Submission() with { Papers = [Case.Paper(), Case.Paper()] });
        c.Claim();
        c.Vote("clerk1", Decision.Return);

        Assert.Contains(c.Amend(Case.Form), e => e is Assigned);
    }

    [Fact]
    public void A_household_member_who_is_added_is_claimed_before_the_case_goes_on_and_one_who_is_left_out_is_released()
    {
        var c = new Case(Two.OncePerHousehold()).Accepted(Case.ApplicantKey, new PersonKey("wife"));
        c.Vote("clerk1", Decision.Return);

        Assert.DoesNotContain(c.Amend(Case.Form, Case.ApplicantKey, new PersonKey("son")), e => e is Assigned);
        Assert.Contains("wife", Assert.Single(c.A.Duties.OfType<ReleaseClaims>()).Claims.Single().Key, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(c.A.Duties.OfType<TakeClaims>()).Claims.Count);

        Assert.Equal(2, c.Claim().OfType<Assigned>().Single().Round);
    }

    [Fact]
    public void A_household_member_whom_another_application_holds_makes_it_a_duplicate()
    {
        var c = new Case(Two.OncePerHousehold()).Accepted();
        c.Vote("clerk1", Decision.Return);
        c.Amend(Case.Form, Case.ApplicantKey, new PersonKey("son"));

        c.When(new Report([new ClaimsConflicted(c.A.Duties.OfType<TakeClaims>().Single().Id, "live", "K7QM-3WXT-PB9C")]));

        Assert.True(c.A.Final);
        Assert.Equal(2, c.A.Duties.OfType<ReleaseClaims>().Single().Claims.Count);
    }

    [Fact]
    public void An_answer_that_makes_an_earlier_step_apply_leads_through_it_and_through_nothing_twice()
    {
        var c = new Case(Of(
            Review("village", Gate.Village, VillageSeat),
            Forward("farmland").When("answers.land == 'cultivated'"),
            Review("other", Gate.Township, OtherOfficeSeat),
            Review("township", Gate.Township, OfficeSeat))).Accepted(new JsonObject { ["land"] = "unused" });
        c.Vote("clerk1");
        c.Vote("other1");
        c.Vote("office1", Decision.Return);

        Assert.Equal("farmland", c.Amend(Case.FormWith(new JsonObject { ["land"] = "cultivated" })).OfType<Assigned>().Single().Step);
        Assert.Equal("township", c.Vote("county1").OfType<Assigned>().Single().Step);
    }

    [Fact]
    public void A_step_that_no_longer_applies_after_the_answer_is_left_out()
    {
        var c = new Case(Of(
            Forward("farmland").When("answers.land == 'cultivated'"),
            Review("township", Gate.Township, OfficeSeat))).Accepted(new JsonObject { ["land"] = "cultivated" });
        c.Vote("county1", Decision.Return);

        var events = c.Amend(Case.FormWith(new JsonObject { ["land"] = "unused" }));

        Assert.Equal("farmland", events.OfType<StepSkipped>().Single().Step);
        Assert.Equal("township", events.OfType<Assigned>().Single().Step);
    }

    [Fact]
    public void A_step_decided_by_someone_who_turns_out_to_be_of_the_household_is_taken_again()
    {
        var c = new Case(Two).Accepted();
        c.Vote("clerk1");
        c.Vote("office1", Decision.Return);

        var events = c.Amend(Case.Form, Case.ApplicantKey, SampleTownship.KeyOf("clerk1"));

        Assert.Equal(["clerk1"], events.OfType<StepReopened>().Single().Staff);
        var assigned = events.OfType<Assigned>().Single();
        Assert.Equal("village", assigned.Step);
        Assert.Equal(["clerk2"], assigned.Seats[0].Staff);
        Assert.Equal("township", c.Vote("clerk2").OfType<Assigned>().Single().Step);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_decided_and_turns_out_to_be_of_the_household_is_known_by_another_id_too_and_after_they_have_left(bool left)
    {
        var c = new Case(Two).Accepted();
        c.Vote("clerk1");
        c.Vote("office1", Decision.Return);
        c.Township = left ? SampleTownship.Without("clerk1") : SampleTownship.Renamed("clerk1", "leader2");

        var events = c.Amend(Case.Form, Case.ApplicantKey, SampleTownship.KeyOf("clerk1"));

        Assert.Equal(["clerk1"], events.OfType<StepReopened>().Single().Staff);
    }

    [Fact]
    public void An_application_is_returned_only_so_often()
    {
        var c = new Case(Two).Accepted();
        for (var i = 0; i < 2; i++)
        {
            c.Vote("clerk1", Decision.Return);
            c.Amend();
        }

        Assert.Equal("/decision", c.Refused(c.Ballot("clerk1", Decision.Return)).Faults.Single().Pointer);
        c.Vote("clerk1", Decision.Reject);
    }

    [Fact]
    public void No_answer_lapses_the_application_after_a_warning_and_frees_its_claims()
    {
        var c = Returned(Two.OncePerHousehold());

        Assert.IsType<LapseWarned>(Assert.Single(c.PassNextDeadline()));
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.LapseWarning);
        Assert.IsType<Lapsed>(Assert.Single(c.PassNextDeadline()));
        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.Lapsed);
    }

    [Fact]
    public void However_far_the_clock_has_jumped_the_warning_comes_first_and_has_its_time()
    {
        var c = Returned();

        var warned = Assert.IsType<LapseWarned>(Assert.Single(c.PassDays(1000)));

        Assert.True(warned.Due >= c.Now.AddDays(3));
        Assert.Equal(Status.Returned, c.A.Status);
        c.Amend();
    }

    [Fact]
    public void A_corrected_calendar_gives_more_time_to_answer_and_never_less()
    {
        var c = Returned();
        var due = c.A.Return!.Due;
        c.PassNextDeadline();
        c.Calendar = Corrected.LongBreak;

        Assert.True(Assert.IsType<LapseWarned>(Assert.Single(c.PassNextDeadline())).Due > due);
        c.Calendar = Corrected.NoBreak;
        Assert.True(Timing.NextDeadline(c.A) > due);
    }

    [Fact]
    public void A_lapsed_application_can_be_re_opened_by_the_oversight_and_claims_again()
    {
        var c = Returned(Two.OncePerHousehold());
        c.PassUntil<Lapsed>();

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(new Reopen("office1", "was in hospital")).Code);
        Assert.Equal("/reason", c.Refused(new Reopen("leader1", " ")).Faults.Single().Pointer);
        c.When(new Reopen("leader1", "was in hospital"));

        Assert.Equal(Status.Returned, c.A.Status);
        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Amend(Case.Form, [Case.ApplicantKey], [], null)).Code);
        c.Claim();
        Assert.Equal(2, c.Amend().OfType<Assigned>().Single().Round);
    }

    [Fact]
    public void Only_what_has_lapsed_is_re_opened()
    {
        Assert.Equal(RefusalCode.MovedOn, Returned().Refused(new Reopen("leader1", "please")).Code);
    }

    [Fact]
    public void A_re_opened_application_whose_place_has_been_taken_is_a_duplicate()
    {
        var c = Returned(Two.OncePerHousehold());
        c.PassUntil<Lapsed>();
        c.When(new Reopen("leader1", "was in hospital"));

        c.When(new Report([new ClaimsConflicted(c.A.Duties.OfType<TakeClaims>().Single().Id, "live", "K7QM-3WXT-PB9C")]));

        Assert.True(c.A.Final);
    }
}
