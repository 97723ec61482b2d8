using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class NoticeTests
{
    private static DateTimeOffset EndOf(int month, int day) => ChinaTime.EndOf(new DateOnly(2026, month, day));

    private static Case Posted(bool restart = false, ObjectionUpheld upheld = ObjectionUpheld.Reject) =>
        new Case(Of(Notice("notice", restart, upheld), Review("township", Gate.Township, OfficeSeat))).Accepted();

    private static RaiseObjection Objection(string id, string? name = "李四") => new(id, name, name is null ? null : "13900000000", "he has a house");

    [Fact]
    public void A_notice_stands_for_its_days_and_ends_by_time()
    {
        var c = Posted();
        Assert.Equal(Status.OnNotice, c.A.Status);
        Assert.Equal(EndOf(3, 9), c.A.Notice!.Until);

        Assert.Collection(c.PassNextDeadline(),
            e => Assert.Equal("notice", Assert.IsType<StepPassed>(e).Step),
            e => Assert.Equal("township", Assert.IsType<Assigned>(e).Step));
        Assert.Null(c.A.Notice);
    }

    [Fact]
    public void What_is_posted_is_masked()
    {
        var notice = Notice("notice") with
        {
            Shows =
            [
                new NoticeLine(new Text("姓名", "name"), Expression.Parse("applicant.name"), NoticeMask.Name),
                new NoticeLine(new Text("证号", "ID"), Expression.Parse("applicant.idNumber"), NoticeMask.IdNumber),
                new NoticeLine(new Text("金额", "amount"), Expression.Parse("amount"), NoticeMask.Yuan),
            ],
        };
        var c = new Case(Of(notice).Paying("60000")).Accepted();

        var text = string.Join('|', c.A.Notice!.Lines.Select(line => line.Value));

        Assert.DoesNotContain("三丰", text, StringComparison.Ordinal);
        Assert.DoesNotContain("19900307", text, StringComparison.Ordinal);
        Assert.Contains("600.00", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objection_stops_the_clock()
    {
        var c = Posted();
        c.PassDays(2);

        Assert.Collection(c.When(Objection("a")),
            e => Assert.False(Assert.IsType<Objected>(e).Anonymous),
            e => Assert.Equal(5, Assert.IsType<NoticeStopped>(e).DaysLeft),
            e => Assert.Equal(AssignmentKind.Objection, Assert.IsType<Assigned>(e).Kind));
        Assert.DoesNotContain(c.PassDays(60), e => e is StepPassed);
        Assert.Equal(Status.OnNotice, c.A.Status);
    }

    [Fact]
    public void A_dismissed_objection_lets_the_clock_go_on_with_the_days_that_were_left()
    {
        var c = Posted();
        c.PassDays(2);
        c.When(Objection("a"));
        c.PassDays(1);

        var events = c.Vote("office1", Decision.Reject);

        Assert.False(events.OfType<ObjectionResolved>().Single().Upheld);
        Assert.Equal(EndOf(3, 10), events.OfType<NoticeResumed>().Single().Until);
    }

    [Fact]
    public void An_objection_on_the_last_day_leaves_at_least_one()
    {
        var c = Posted();
        c.PassDays(7);

        Assert.Equal(1, c.When(Objection("a")).OfType<NoticeStopped>().Single().DaysLeft);
    }

    [Fact]
    public void A_dismissed_objection_starts_the_notice_again_where_the_scheme_says_so()
    {
        var c = Posted(restart: true);
        c.PassDays(6);
        c.When(Objection("a"));

        Assert.Equal(EndOf(3, 15), c.Vote("office1", Decision.Reject).OfType<NoticeResumed>().Single().Until);
    }

    [Fact]
    public void The_clock_goes_on_only_when_the_last_of_several_objections_is_dismissed()
    {
        var c = Posted();
        c.When(Objection("a"));
        Assert.DoesNotContain(c.When(Objection("b")), e => e is NoticeStopped);

        Assert.DoesNotContain(c.When(c.Ballot("office1", Decision.Reject, assignment: "objection-a")), e => e is NoticeResumed);
        Assert.Contains(c.When(c.Ballot("office2", Decision.Reject, assignment: "objection-b")), e => e is NoticeResumed);
    }

    [Fact]
    public void One_person_may_decide_several_objections_so_that_many_of_them_do_not_use_up_the_staff()
    {
        var c = Posted();
        foreach (var id in new[] { "a", "b", "c", "d", "e" })
            c.When(Objection(id));

        foreach (var id in new[] { "a", "b", "c", "d", "e" })
            c.When(c.Ballot("office1", Decision.Reject, assignment: $"objection-{id}"));

        Assert.NotNull(c.A.Notice!.Until);
    }

    [Fact]
    public void An_upheld_objection_rejects_with_its_reason()
    {
        var c = Posted();
        c.When(Objection("a"));

        var events = c.When(c.Ballot("office1", Decision.Approve, "he sold his house"));

        Assert.True(events.OfType<ObjectionResolved>().Single().Upheld);
        Assert.Equal(["he sold his house"], events.OfType<Rejected>().Single().Reasons);
        Assert.Empty(c.A.Assignments);
    }

    [Fact]
    public void An_upheld_objection_returns_the_application_where_the_scheme_says_so_and_the_notice_is_posted_again()
    {
        var c = Posted(upheld: ObjectionUpheld.Return);
        c.When(Objection("a"));
        c.When(Objection("b"));

        var events = c.When(c.Ballot("office1", Decision.Approve, "the area is wrong", "objection-a"));

        Assert.Equal("the area is wrong", events.OfType<Returned>().Single().Missing!.Single().Text);
        Assert.Empty(c.A.Assignments);
        Assert.Equal(2, c.Amend().OfType<NoticePosted>().Single().Round);
    }

    [Fact]
    public void Once_the_returns_are_used_up_an_upheld_objection_rejects()
    {
        var c = Posted(upheld: ObjectionUpheld.Return);
        foreach (var id in new[] { "a", "b" })
        {
            c.When(Objection(id));
            c.When(c.Ballot("office1", Decision.Approve, "wrong"));
            c.Amend();
        }
        c.When(Objection("c"));

        Assert.Contains(c.When(c.Ballot("office1", Decision.Approve, "wrong")), e => e is Rejected);
    }

    [Fact]
    public void An_objection_is_upheld_or_not_and_nothing_else_and_always_with_a_reason()
    {
        var c = Posted();
        c.When(Objection("a"));

        Assert.Equal("/decision", c.Refused(c.Ballot("office1", Decision.Return)).Faults.Single().Pointer);
        Assert.Equal("/comment", c.Refused(c.Ballot("office1", Decision.Approve)).Faults.Single().Pointer);
    }

    [Fact]
    public void An_anonymous_objection_is_a_lead_and_holds_nothing()
    {
        var c = Posted();

        Assert.True(Assert.IsType<Objected>(Assert.Single(c.When(Objection("a", null)))).Anonymous);
        Assert.NotNull(c.A.Notice!.Until);
        Assert.DoesNotContain(c.Mails, mail => mail.Mail is MailKind.Objected);
    }

    [Fact]
    public void Whoever_gives_a_name_but_no_address_leaves_a_lead_that_keeps_the_name()
    {
        var objected = Assert.IsType<Objected>(Assert.Single(Posted().When(Objection("a") with { Contact = " " })));

        Assert.True(objected.Anonymous);
        Assert.Equal("李四", objected.Name);
    }

    [Fact]
    public void The_same_objection_again_changes_nothing()
    {
        var c = Posted();
        c.When(Objection("a"));
        c.When(Objection("b", null));

        Assert.Empty(c.When(Objection("a")));
        Assert.Empty(c.When(Objection("b", null)));
        c.When(c.Ballot("office1", Decision.Reject));
        Assert.Empty(c.When(Objection("a")));
    }

    [Fact]
    public void Leads_do_not_use_up_the_room_for_objections()
    {
        var c = Posted();
        for (var i = 0; i < 20; i++)
            c.When(Objection($"lead{i}", null));

        Assert.Equal(RefusalCode.NotAllowed, c.Refused(Objection("lead20", null)).Code);
        Assert.Contains(c.When(Objection("a")), e => e is NoticeStopped);
    }

    [Fact]
    public void An_objection_after_the_end_is_told_so_even_before_the_engine_has_woken()
    {
        var c = Posted();
        c.Now = EndOf(3, 9);

        Assert.Equal(RefusalCode.Expired, c.Refused(Objection("a")).Code);
        c.When(new TimePassed());
        Assert.Equal(RefusalCode.Expired, c.Refused(Objection("a")).Code);
    }
}
