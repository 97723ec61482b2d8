using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class DutyTests
{
    private static Case Asked() => new Case(Of(Review("village", Gate.Village, VillageSeat), Review("township", Gate.Township, OfficeSeat))).Accepted();

    private static SendMail ToClerk(Case c) => c.Mails.Single(mail => mail is { Staff: "clerk1", Mail: MailKind.Invitation });

    private static Report Failed(Duty duty) => new([new DutyFailed(duty.Id, "429")]);

    [Fact]
    public void A_mail_that_was_taken_is_on_record_with_the_providers_id()
    {
        var c = Asked();
        var mail = ToClerk(c);

        var settled = Assert.IsType<DutiesSettled>(Assert.Single(c.When(new Report([new DutySucceeded(mail.Id, "msg-1")]))));

        Assert.Equal([new DutyDone(mail.Id, "msg-1")], settled.Done);
        Assert.DoesNotContain(c.A.Duties, duty => duty.Id == mail.Id);
    }

    [Fact]
    public void A_failed_mail_is_tried_again_after_longer_and_longer_pauses()
    {
        var c = Asked();
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 12; i++)
        {
            c.When(Failed(ToClerk(c)));
            pauses.Add(ToClerk(c).NotBefore!.Value - c.Now);
            c.Now = ToClerk(c).NotBefore!.Value;
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMinutes(2), pauses[0]);
        Assert.Equal(TimeSpan.FromDays(1), pauses[^1]);
    }

    [Fact]
    public void A_mail_that_keeps_failing_is_stuck_and_comes_onto_the_alarm_list()
    {
        var c = Asked();
        c.When(new Report([.. c.A.Duties.OfType<UpdateIndexes>().Select(duty => new IndexesUpdated(duty.Id, new Dictionary<string, string>()))]));
        for (var i = 0; i < 5; i++)
        {
            c.When(Failed(ToClerk(c)));
            Assert.False(ToClerk(c).Stuck);
        }
        Assert.DoesNotContain(c.A.Duties, duty => duty is UpdateIndexes);

        c.When(Failed(ToClerk(c)));

        Assert.True(ToClerk(c).Stuck);
        Assert.Contains(c.A.Duties, duty => duty is UpdateIndexes);
        Assert.NotNull(ToClerk(c).NotBefore);
    }

    [Fact]
    public void A_mail_that_failed_for_a_month_is_given_up_like_one_that_bounced_so_that_a_dead_address_does_not_fill_the_stream()
    {
        var c = Asked();
        c.When(new Withdraw(null));
        c.When(new Report([.. c.A.Duties.Where(duty => duty is not SendMail).Select(duty => new DutySucceeded(duty.Id))]));
        var mail = Assert.IsType<SendMail>(c.A.Duties[0]);
        for (var i = 0; i < 36; i++)
        {
            Assert.Contains(c.A.Duties, duty => duty.Id == mail.Id);
            c.When(new Report([new DutyFailed(mail.Id, "no such mailbox")]));
        }

        Assert.Equal("no such mailbox", c.Stream.Select(recorded => recorded.Event).OfType<MailBounced>().Single().Reason);
        Assert.Contains(mail.Id, c.A.Bounces);
        Assert.DoesNotContain(c.A.Duties, duty => duty.Id == mail.Id);
    }

    [Fact]
    public void A_report_that_was_overtaken_changes_nothing()
    {
        var c = Asked();
        var report = new Report([new DutySucceeded(ToClerk(c).Id)]);
        c.When(report);

        Assert.Empty(c.When(report));
        Assert.Empty(c.When(new Report([new DutySucceeded("never-heard-of")])));
    }

    [Fact]
    public void Claims_reported_twice_open_the_first_step_once()
    {
        var c = new Case(Of(Review("village", Gate.Village, VillageSeat)));
        c.When(Case.Submission());
        var report = new Report([new DutySucceeded(c.A.Duties.OfType<TakeClaims>().Single().Id)]);
        c.When(report);

        Assert.Empty(c.When(report));
        Assert.Equal(1, c.A.RoundOf("village"));
    }

    [Fact]
    public void Indexes_written_by_a_turn_that_was_overtaken_are_written_again()
    {
        var c = Asked();
        var late = c.A.Duties.OfType<UpdateIndexes>().Single();
        c.Vote("clerk1");
        c.Settle();

        c.When(new Report([new IndexesUpdated(late.Id, new Dictionary<string, string> { ["row"] = "old" })]));

        var again = Assert.Single(c.A.Duties.OfType<UpdateIndexes>());
        c.When(new Report([new IndexesUpdated(again.Id, new Dictionary<string, string> { ["row"] = "new" })]));
        Assert.Empty(c.A.Duties);
        Assert.Equal("new", c.A.Indexed["row"]);
    }

    [Fact]
    public void Every_change_of_the_case_brings_the_indexes_up_to_date_once()
    {
        var c = Asked();
        c.Vote("clerk1");

        Assert.Equal(c.A.Version, Assert.Single(c.A.Duties.OfType<UpdateIndexes>()).Number);
    }

    [Fact]
    public void Nobody_is_mailed_about_a_question_that_is_closed()
    {
        var c = Asked();
        c.Vote("clerk1");

        Assert.DoesNotContain(c.Mails, mail => mail.Assignment == "village");
    }

    [Fact]
    public void A_reminder_that_could_not_be_sent_is_overtaken_by_the_next()
    {
        var c = Asked();
        for (var i = 0; i < 30; i++)
            c.PassNextDeadline();

        Assert.Equal(c.Mails.DistinctBy(mail => (mail.Mail, mail.Staff)).Count(), c.Mails.Count());
    }

    [Fact]
    public void A_bounce_is_on_record_once()
    {
        var c = Asked();
        var mail = ToClerk(c);
        c.When(new Report([new DutySucceeded(mail.Id)]));

        Assert.IsType<MailBounced>(Assert.Single(c.When(new ReportBounce(mail.Id, "mailbox full"))));
        Assert.Empty(c.When(new ReportBounce(mail.Id, "mailbox full")));
        Assert.Contains(mail.Id, c.A.Bounces);
        Assert.Contains(c.A.Duties, duty => duty is UpdateIndexes);
    }

    [Fact]
    public void A_duty_keeps_its_id_however_often_it_is_derived()
    {
        var c = Asked();

        Assert.Equal(c.A.Duties.Select(duty => duty.Id), Evolver.Fold(Case.Id, c.Stream).Duties.Select(duty => duty.Id));
        Assert.Equal(c.A.Duties.Count, c.A.Duties.Select(duty => duty.Id).Distinct().Count());
    }
}
