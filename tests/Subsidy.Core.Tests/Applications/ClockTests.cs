using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

/// <summary>A deadline reminds, then tells the level above; it never decides.</summary>
public class ClockTests
{
    private static Case Asked() => new Case(Of(Review("village", Gate.Village, VillageSeat))).Accepted();

    [Fact]
    public void Before_the_due_date_those_who_are_asked_are_reminded_once()
    {
        var c = Asked();
        c.Settle();

        Assert.IsType<Reminded>(Assert.Single(c.PassNextDeadline()));

        Assert.True(c.Now < c.A.Assignments[0].Due);
        Assert.Equal(["clerk1", "clerk2"], c.Mails.Select(mail => mail.Staff));
        Assert.All(c.Mails, mail => Assert.Equal(MailKind.Reminder, mail.Mail));
    }

    [Fact]
    public void At_the_due_date_the_level_above_is_told_and_again_and_again()
    {
        var c = Asked();
        c.PassNextDeadline();
        c.Settle();

        var first = Assert.IsType<Escalated>(Assert.Single(c.PassNextDeadline()));

        Assert.Equal(["leader1", "leader2"], first.To);
        Assert.Equal(["leader1", "leader2"], c.Mails.Where(mail => mail.Mail is MailKind.Overdue).Select(mail => mail.Staff));
        Assert.IsType<Escalated>(Assert.Single(c.PassNextDeadline()));
        Assert.IsType<Escalated>(Assert.Single(c.PassNextDeadline()));
        c.Vote("clerk1");
    }

    [Fact]
    public void Time_neither_approves_nor_rejects()
    {
        var c = Asked();

        for (var i = 0; i < 200; i++)
            Assert.All(c.PassNextDeadline(), e => Assert.True(e is Reminded or Escalated));
    }

    [Fact]
    public void A_colleague_who_has_decided_is_not_reminded()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat))).Accepted();
        c.Vote("office1");
        c.Settle();
        c.PassNextDeadline();

        Assert.Equal("other1", Assert.Single(c.Mails).Staff);
    }

    [Fact]
    public void An_application_that_was_asleep_for_years_comes_to_rest_in_one_pass()
    {
        var c = Asked();

        c.PassDays(3000);

        Assert.True(Timing.NextDeadline(c.A) > c.Now);
        Assert.Empty(c.When(new TimePassed()));
    }

    [Fact]
    public void A_corrected_calendar_moves_a_deadline_later()
    {
        var c = Asked();
        var due = c.A.Assignments[0].Due;
        c.PassNextDeadline();
        c.Calendar = Corrected.LongBreak;

        var moved = Assert.IsType<DeadlineMoved>(Assert.Single(c.PassNextDeadline()));

        Assert.True(moved.Due > due);
        Assert.Equal(moved.Due, Timing.NextDeadline(c.A));
    }

    [Fact]
    public void A_corrected_calendar_never_moves_a_deadline_earlier()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat))) { Calendar = Corrected.LongBreak }.Accepted();
        var due = c.A.Assignments[0].Due;
        c.Calendar = Corrected.NoBreak;

        c.PassUntil<Escalated>();

        Assert.Equal(due, c.A.Assignments[0].Due);
        Assert.True(c.Now >= due);
    }

    [Fact]
    public void A_deadline_counted_with_an_unannounced_year_is_marked_an_estimate()
    {
        Assert.True(Asked().A.Assignments[0].Estimate);
        var announced = new Case(Of(Review("village", Gate.Village, VillageSeat))) { Calendar = Corrected.NoBreak }.Accepted();
        Assert.False(announced.A.Assignments[0].Estimate);
    }

    [Fact]
    public void Administrators_are_told_of_a_blocked_seat_and_nobody_else_is_disturbed()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat)))
        {
            Township = SampleTownship.Without("other1", "stand2"),
        }.Accepted();

        Assert.Equal(["admin1"], c.Mails.Where(mail => mail.Mail is not (MailKind.Invitation or MailKind.Accepted)).Select(mail => mail.Staff));
    }

    [Fact]
    public void A_blocked_seat_does_not_keep_the_others_from_being_reminded_and_the_level_above_from_being_told()
    {
        var c = new Case(Of(Review("joint", Gate.Township, OfficeSeat, OtherOfficeSeat)))
        {
            Township = SampleTownship.Without("other1", "stand2"),
        }.Accepted();
        c.Settle();
        c.PassUntil<Reminded>();

        Assert.Contains(c.Mails, mail => mail is { Staff: "office1", Mail: MailKind.Reminder });
        c.Settle();
        c.PassNextDeadline();
        Assert.Contains(c.Mails, mail => mail is { Staff: "leader1", Mail: MailKind.Blocked });
    }

    [Fact]
    public void A_reviewer_who_has_left_is_replaced_when_the_time_is_up()
    {
        var c = Asked();
        c.Township = SampleTownship.Without("clerk1", "clerk2");

        c.PassUntil<SeatFilled>();

        Assert.Contains(c.Vote("stand1"), e => e is StepPassed);
    }

    [Fact]
    public void Nothing_passes_before_its_time()
    {
        var c = Asked();
        c.Now = Timing.NextDeadline(c.A)!.Value.AddTicks(-1);

        Assert.Empty(c.When(new TimePassed()));
    }
}
