using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Applications;

public class IntakeTests
{
    private static readonly Scheme Scheme = Of(Review("village", Gate.Village, VillageSeat));
    private static readonly OpenDraft Draft = new(Case.Id, SampleTownship.Village, "zh", "print");

    [Fact]
    public void A_draft_waits_a_fortnight_for_its_papers_and_its_form()
    {
        var c = new Case(Scheme);

        Assert.IsType<DraftOpened>(Assert.Single(c.When(Draft)));
        Assert.Equal(c.Now.AddDays(14), Timing.NextDeadline(c.A));
        c.When(Case.Paper());

        Assert.IsType<Submitted>(c.When(Case.Submission())[0]);
        Assert.Equal(1, c.A.Papers["proof"]);
        Assert.Equal(Status.Submitted, c.A.Status);
    }

    [Fact]
    public void A_draft_that_is_never_submitted_lapses_and_its_papers_are_discarded()
    {
        var c = new Case(Scheme);
        c.When(Draft);

        Assert.IsType<Lapsed>(Assert.Single(c.PassNextDeadline()));
        Assert.True(c.A.Final);
        Assert.Contains(c.A.Duties, duty => duty is DiscardPapers);
    }

    [Fact]
    public void A_lapsed_draft_is_not_submitted_because_its_papers_are_gone()
    {
        var c = new Case(Scheme);
        c.When(Draft);
        c.PassNextDeadline();

        Assert.Equal(RefusalCode.Expired, c.Refused(Case.Submission()).Code);
    }

    [Fact]
    public void The_papers_of_a_withdrawn_draft_are_discarded()
    {
        var c = new Case(Scheme);
        c.When(Draft);
        c.When(new Withdraw(null));

        Assert.Contains(c.A.Duties, duty => duty is DiscardPapers);
    }

    [Fact]
    public void Submitting_asks_for_the_claims_before_anybody_is_asked()
    {
        var c = new Case(Scheme.OncePerHousehold());

        var submitted = Assert.IsType<Submitted>(Assert.Single(c.When(Case.Submission())));

        Assert.Equal(submitted.Claims, Assert.Single(c.A.Duties.OfType<TakeClaims>()).Claims);
        Assert.Empty(c.A.Assignments);
        Assert.Collection(c.Claim(),
            e => Assert.IsType<DutiesSettled>(e),
            e => Assert.IsType<ClaimsTaken>(e),
            e => Assert.IsType<Assigned>(e));
        Assert.Contains(c.Mails, mail => mail is { Mail: MailKind.Accepted, Staff: null });
    }

    [Fact]
    public void The_same_request_again_changes_nothing()
    {
        var c = new Case(Scheme).Accepted();

        Assert.Empty(c.When(Case.Submission()));
    }

    [Fact]
    public void The_same_key_with_other_content_is_refused()
    {
        var c = new Case(Scheme).Accepted();

        Assert.Equal(RefusalCode.Invalid, c.Refused(Case.Submission() with { Fingerprint = "other" }).Code);
        Assert.Equal(RefusalCode.Invalid, c.Refused(Draft with { Fingerprint = "other" }).Code);
    }

    [Fact]
    public void A_draft_opened_twice_is_one_draft()
    {
        var c = new Case(Scheme);
        c.When(Draft);

        Assert.Empty(c.When(Draft));
    }

    [Fact]
    public void An_unknown_village_is_pointed_out()
    {
        var c = new Case(Scheme);

        Assert.Equal("/village", c.Refused(Case.Submission() with { Village = "nowhere" }).Faults.Single().Pointer);
        Assert.Equal("/village", c.Refused(Draft with { Village = "nowhere" }).Faults.Single().Pointer);
    }

    [Fact]
    public void All_faults_of_a_form_are_told_at_once()
    {
        var broken = Case.Form with { Applicant = Case.Form.Applicant with { Phone = "1", IdNumber = "2" } };

        var pointers = new Case(Scheme).Refused(Case.Submission(broken) with { Village = "nowhere" }).Faults.Select(fault => fault.Pointer);

        Assert.Equal(["/village", "/applicant/idNumber", "/applicant/phone"], pointers);
    }

    [Fact]
    public void More_papers_than_an_application_takes_are_refused()
    {
        var roomy = Scheme with { Documents = [.. Scheme.Documents.Select(document => document with { MaxCount = 99 })] };
        var c = new Case(roomy);
        c.When(Draft);
        for (var i = 0; i < 12; i++)
            c.When(Case.Paper());

        Assert.Equal("/papers", c.Refused(Case.Paper()).Faults.Single().Pointer);
    }

    [Fact]
    public void A_draft_takes_no_more_papers_of_a_kind_than_can_be_submitted()
    {
        var c = new Case(Scheme);
        c.When(Draft);
        c.When(Case.Paper());
        c.When(Case.Paper());

        Assert.Equal("/papers/proof", c.Refused(Case.Paper()).Faults.Single().Pointer);
        Assert.IsType<Submitted>(c.When(Case.Submission())[0]);
    }

    [Fact]
    public void A_paper_of_a_kind_that_the_scheme_does_not_know_is_refused()
    {
        var c = new Case(Scheme);
        c.When(Draft);

        Assert.Equal("/papers/selfie", c.Refused(Case.Paper("selfie")).Faults.Single().Pointer);
    }

    [Fact]
    public void Papers_are_not_slipped_in_while_people_decide()
    {
        Assert.Equal(RefusalCode.MovedOn, new Case(Scheme).Accepted().Refused(Case.Paper()).Code);
    }

    [Fact]
    public void A_duplicate_is_rejected_for_good_with_the_earlier_reference_and_gives_its_claims_back()
    {
        var c = new Case(Scheme.OncePerHousehold());
        c.When(Case.Submission());

        var events = c.When(new Report([new ClaimsConflicted(c.A.Duties.OfType<TakeClaims>().Single().Id, "live", "K7QM-3WXT-PB9C")]));

        Assert.Equal("K7QM-3WXT-PB9C", events.OfType<DuplicateFound>().Single().EarlierReference);
        Assert.True(c.A.Final);
        Assert.Equal(Status.Rejected, c.A.Status);
        Assert.Contains(c.A.Duties, duty => duty is ReleaseClaims);
        Assert.Contains(c.Mails, mail => mail.Mail is MailKind.Duplicate);
    }

    [Fact]
    public void Whoever_has_applied_waits_for_the_registration_before_withdrawing()
    {
        var c = new Case(Scheme);
        c.When(Case.Submission());

        Assert.Equal(RefusalCode.MovedOn, c.Refused(new Withdraw(null)).Code);
    }

    [Fact]
    public void Nothing_can_be_asked_of_an_application_that_does_not_exist()
    {
        Assert.Equal(RefusalCode.NotFound, new Case(Scheme).Refused(new Withdraw(null)).Code);
    }
}
