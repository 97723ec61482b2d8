using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Given events, when a command, then events; without storage and without lines.</summary>
public sealed class PayRunDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly PayRunId Id = new(new FundKey("relief", 2026), 1);
    private static readonly Debtor Treasury = new("样例镇财政所", "36990001", new FinancialInstitution("样例银行"));
    private static readonly Total Three = new(3, Money.FromYuan(300));
    private static readonly OpenRun Open = new("prepares1", Id, new DateOnly(2026, 3, 31), Treasury, "key");
    private static readonly EndDispute End = new("approves1", "e1", 1, Money.FromYuan(100), null, LineOutcome.Resolved, "refunded");
    private static readonly PayRunEvent[] Opened =
        [new RunOpened(new DateOnly(2026, 3, 31), Treasury, "prepares1", "key", SampleTownship.KeyOf("prepares1"))];
    private static readonly PayRunEvent[] Collected = [.. Opened, new LinesCollected(1, 3)];
    private static readonly PayRunEvent[] Gathering = [.. Collected, new PayeesLookedUp()];
    private static readonly PayRunEvent[] Prepared = [.. Gathering, new RunPrepared(Of(Three))];
    private static readonly PayRunEvent[] Approved = [.. Prepared, new RunApproved("approves1", "digest")];
    private static readonly PayRunEvent[] Committed = [.. Approved, new RunCommitted(new Order(Three, new DateOnly(2026, 3, 31), Now, "digest"))];
    private static readonly PayRunEvent[] Sent = [.. Committed, new FilesWritten(new BankFile("sha", 1), null)];

    [Fact]
    public void Only_who_prepares_pay_runs_opens_one()
    {
        Then(When([], Open), Opened);
        Refused(RefusalCode.NotAllowed, When([], Open with { Staff = "approves1" }));
    }

    [Fact]
    public void A_form_that_is_sent_again_opens_nothing_more_and_with_other_content_is_refused()
    {
        Then(When(Opened, Open));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Key = "other" }));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Until = new DateOnly(2026, 3, 30) }));
        Refused(RefusalCode.AlreadyDone, When(Opened, Open with { Staff = "prepares2" }));
        Refused(RefusalCode.AlreadyDone, When([new RunOpened(new DateOnly(2026, 3, 31), Treasury, "prepares1")], Open));
    }

    [Fact]
    public void A_fund_whose_name_makes_the_message_id_too_long_is_refused_at_once() =>
        Refused(RefusalCode.Invalid, When([], Open with { Run = new PayRunId(new FundKey(new string('x', 26), 2026), 1) }));

    /// <summary>After approval nothing takes back what a slip of the hand would have the bank pay in 2062.</summary>
    [Fact]
    public void A_run_goes_up_to_the_end_of_its_year_and_in_the_next_up_to_today()
    {
        Then(When([], Open with { Until = new DateOnly(2026, 12, 31) }), new RunOpened(new DateOnly(2026, 12, 31), Treasury, "prepares1", "key", SampleTownship.KeyOf("prepares1")));
        Refused(RefusalCode.Invalid, When([], Open with { Until = new DateOnly(2027, 1, 1) }));
        var late = new DateOnly(2027, 1, 15);
        Assert.Null(PayRunDecider.Decide(null, Open with { Until = late }, SampleTownship.Register, Now.AddYears(1)).Refusal);
        Assert.Equal("/until", PayRunDecider.Decide(null, Open with { Until = late }, SampleTownship.Register, Now.AddMonths(9)).Refusal!.Faults[0].Pointer);
    }

    [Fact]
    public void Another_person_approves_what_they_were_shown()
    {
        Then(When(Prepared, new ApproveRun("approves1", "digest")), new RunApproved("approves1", "digest"));
        Refused(RefusalCode.MovedOn, When(Prepared, new ApproveRun("approves1", "another")));
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("prepares2", "digest")));
        Refused(RefusalCode.MovedOn, When(Gathering, new ApproveRun("approves1", "digest")));
        Refused(RefusalCode.NotFound, When([], new ApproveRun("approves1", "digest")));
    }

    [Fact]
    public void Who_prepared_a_run_does_not_approve_it_under_the_id_that_they_have_by_then()
    {
        var renamed = SampleTownship.Without("prepares1") with
        {
            Staff = [.. SampleTownship.Without("prepares1").Staff, SampleTownship.Person("married", Roles.FinanceApprover, Area.Township) with { Person = SampleTownship.KeyOf("prepares1") }],
        };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("married", "digest"), renamed));
        Assert.Equal(["approves1"], Approvers.Of(Run(Prepared)!, renamed));
    }

    [Fact]
    public void Nobody_approves_what_they_prepared_in_whatever_name()
    {
        var both = SampleTownship.Person("prepares1", Roles.FinancePreparer, Core.Schemes.Area.Township);
        both = both with { Grants = [.. both.Grants, new Grant(Roles.FinanceApprover, Core.Schemes.Area.Township, null)] };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("prepares1", "digest"), SampleTownship.With(both)));

        var twin = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ApproveRun("approves1", "digest"), SampleTownship.With(twin)));
    }

    [Fact]
    public void Nobody_approves_a_run_that_pays_themselves_or_a_declared_relative_in_whatever_name_nor_is_asked_to()
    {
        PayRunEvent[] pays = [.. Gathering, new RunPrepared(Of(Three) with { Concerned = ["also-approves1"] })];
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", Roles.Auditor, Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        Refused(RefusalCode.NotAllowed, When(pays, new ApproveRun("approves1", "digest"), twice));
        Assert.DoesNotContain("approves1", Approvers.Of(Run(pays)!, twice));
        Assert.Null(When(Prepared, new ApproveRun("approves1", "digest"), twice).Refusal);
    }

    [Fact]
    public void Who_has_decided_about_an_application_at_another_gate_does_not_approve_its_payment_in_whatever_name_nor_is_asked_to()
    {
        PayRunEvent[] decided = [.. Gathering, new RunPrepared(Of(Three) with { Deciders = ["also-approves1"] })];
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", "office", Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        Refused(RefusalCode.NotAllowed, When(decided, new ApproveRun("approves1", "digest"), twice));
        Assert.DoesNotContain("approves1", Approvers.Of(Run(decided)!, twice));
        Assert.Null(When(decided, new ApproveRun("approves1", "digest")).Refusal);
    }

    [Fact]
    public void Who_comes_second_is_told_who_decided_and_when()
    {
        var told = Refused(RefusalCode.AlreadyDone, When(Approved, new ApproveRun("approves1", "digest")));
        Assert.Equal("Name of approves1 approved this pay run on 2026-03-02 09:00.", told.Faults[0].Message.En);
        Refused(RefusalCode.AlreadyDone, When(Approved, new DiscardRun("prepares1", "wrong")));
        Refused(RefusalCode.AlreadyDone, When([.. Prepared, new DiscardOrdered("prepares1", "wrong")], new ApproveRun("approves1", "digest")));
        Refused(RefusalCode.AlreadyDone, When([.. Prepared, new DiscardOrdered("prepares1", "wrong")], new DiscardRun("prepares1", "wrong")));
    }

    [Fact]
    public void A_run_without_payments_is_not_approved() =>
        Refused(RefusalCode.Invalid, When([.. Gathering, new RunPrepared(Of(default))], new ApproveRun("approves1", "digest")));

    [Fact]
    public void A_run_is_given_up_with_a_reason_until_it_is_approved()
    {
        Then(When(Prepared, new DiscardRun("approves1", "wrong")), new DiscardOrdered("approves1", "wrong"));
        Then(When(Opened, new DiscardRun("prepares1", "wrong")), new DiscardOrdered("prepares1", "wrong"), new RunDiscarded());
        Refused(RefusalCode.Invalid, When(Prepared, new DiscardRun("prepares1", " ")));
        Refused(RefusalCode.NotAllowed, When(Prepared, new DiscardRun("office1", "wrong")));
    }

    [Fact]
    public void The_bank_pays_on_the_day_that_was_asked_for_and_never_before_today()
    {
        var late = PayRunDecider.Decide(Run(Approved), new EndCommitting(Three, "d"), SampleTownship.Register, Now.AddDays(60));
        Assert.Equal(new DateOnly(2026, 5, 1), ((RunCommitted)late.Events.Single().Event).Order.ExecutionDate);
        Assert.Equal(new DateOnly(2026, 3, 31), ((RunCommitted)When(Approved, new EndCommitting(Three, "d")).Events.Single().Event).Order.ExecutionDate);
    }

    [Fact]
    public void When_everything_was_dropped_nothing_is_sent() =>
        Then(When(Approved, new EndCommitting(default, "d")), new RunClosed());

    [Fact]
    public void What_ends_a_phase_comes_once_and_late_ends_change_nothing()
    {
        PayRunCommand[] ends = [new EndCollecting(1, 3), new EndLooking(), new EndGathering(Of(Three)), new EndCommitting(Three, "d"), new EndWriting(new BankFile("other", 2), null), new EndDiscarding(), new EndAnswering(9, new Dictionary<LineOutcome, Total>())];
        foreach (var end in ends)
        {
            var decided = When(Sent, end);
            Assert.Null(decided.Refusal);
            Assert.Empty(decided.Events);
        }
        Assert.Empty(When(Prepared, new DropLines(0, [new DroppedLine("e", Money.Zero, Exclusion.Held)])).Events);
    }

    [Fact]
    public void Answers_are_taken_one_after_the_other_in_the_order_in_which_the_bank_made_them()
    {
        var first = new TakeAnswer("m1", Now, "sha", 0);
        Then(When(Sent, first), new AnswerTaken("m1", Now, "sha", null));
        Refused(RefusalCode.Invalid, When(Committed, first));
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        Refused(RefusalCode.MovedOn, When(taken, new TakeAnswer("m2", Now, "sha", 1)));
        PayRunEvent[] applied = [.. taken, new AnswerApplied("m1", new Dictionary<LineOutcome, Total> { [LineOutcome.Pending] = Three })];
        Refused(RefusalCode.MovedOn, When(applied, new TakeAnswer("m2", Now, "sha", 0)));
        Refused(RefusalCode.Invalid, When(applied, new TakeAnswer("m2", Now.AddSeconds(-1), "sha", 1)));
        Then(When(applied, new TakeAnswer("m2", Now, "sha", 1)), new AnswerTaken("m2", Now, "sha", null));
    }

    [Fact]
    public void An_uploaded_answer_counts_once_another_person_has_confirmed_it()
    {
        var propose = new ProposeAnswer("prepares1", "m1", Now, "sha");
        Then(When(Sent, propose), new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1")));
        Refused(RefusalCode.Invalid, When(Committed, propose));
        Refused(RefusalCode.NotAllowed, When(Sent, propose with { Staff = "admin1" }));

        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1"))];
        Then(When(proposed, propose));
        Refused(RefusalCode.MovedOn, When(proposed, propose with { Sha256 = "other" }));
        var confirm = new ConfirmAnswer("approves1", "sha", 0);
        Then(When(proposed, confirm), new AnswerTaken("m1", Now, "sha", "prepares1"));
        Refused(RefusalCode.MovedOn, When(Sent, confirm));
        Refused(RefusalCode.MovedOn, When(proposed, confirm with { Sha256 = "other" }));
        Refused(RefusalCode.MovedOn, When(proposed, confirm with { Before = 1 }));
        Refused(RefusalCode.NotAllowed, When(proposed, confirm with { Staff = "admin1" }));
        Refused(RefusalCode.MovedOn, When([.. proposed, new AnswerTaken("m1", Now, "sha", "prepares1")], confirm));
    }

    [Fact]
    public void Nobody_confirms_the_answer_they_uploaded_under_whatever_id_nor_one_to_a_run_that_pays_their_own()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", SampleTownship.KeyOf("prepares1"))];
        Refused(RefusalCode.NotAllowed, When(proposed, new ConfirmAnswer("prepares1", "sha", 0)));
        var both = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(proposed, new ConfirmAnswer("approves1", "sha", 0), SampleTownship.With(both)));
        PayRunEvent[] own =
        [
            .. proposed.Select(e => e is RunPrepared prepared ? new RunPrepared(prepared.Preparation with { Concerned = ["approves1"] }) : e),
        ];
        Refused(RefusalCode.NotAllowed, When(own, new ConfirmAnswer("approves1", "sha", 0)));
    }

    [Fact]
    public void An_uploaded_answer_is_declined_with_a_reason_and_makes_room_for_another()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", null)];
        var decline = new DeclineAnswer("approves1", "sha", "the bank knows nothing of it");
        Then(When(proposed, decline), new AnswerDeclined("sha", "approves1", decline.Reason));
        Then(When(proposed, decline with { Staff = "prepares1" }), new AnswerDeclined("sha", "prepares1", decline.Reason));
        Refused(RefusalCode.Invalid, When(proposed, decline with { Reason = " " }));
        Refused(RefusalCode.NotAllowed, When(proposed, decline with { Staff = "admin1" }));
        Refused(RefusalCode.MovedOn, When(proposed, decline with { Sha256 = "other" }));
        PayRunEvent[] declined = [.. proposed, new AnswerDeclined("sha", "approves1", "")];
        Refused(RefusalCode.MovedOn, When(declined, new ConfirmAnswer("approves1", "sha", 0)));
        Assert.IsType<AnswerProposed>(Assert.Single(When(declined, new ProposeAnswer("prepares1", "m2", Now, "other")).Events).Event);
    }

    /// <summary>What the bank itself says meanwhile makes an older one that was uploaded worthless.</summary>
    [Fact]
    public void An_answer_from_the_inbox_takes_the_place_of_an_uploaded_one_that_is_the_same_or_older()
    {
        PayRunEvent[] proposed = [.. Sent, new AnswerProposed("m1", Now, "sha", "prepares1", null)];
        Assert.Null(Run([.. proposed, new AnswerTaken("m1", Now, "sha", null)])!.Proposed);
        Assert.Null(Run([.. proposed, new AnswerTaken("m2", Now.AddMinutes(1), "newer", null)])!.Proposed);
        Assert.NotNull(Run([.. proposed, new AnswerTaken("m0", Now.AddMinutes(-1), "older", null)])!.Proposed);
    }

    [Fact]
    public void A_closed_run_is_not_over_while_an_uploaded_answer_waits()
    {
        PayRunEvent[] closed = [.. Sent, new RunClosed()];
        Assert.True(Run(closed)!.Final);
        Assert.False(Run([.. closed, new AnswerProposed("m1", Now, "sha", "prepares1", null)])!.Final);
    }

    [Fact]
    public void A_run_is_closed_when_every_payment_is_answered_for_good()
    {
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = new(2, Money.FromYuan(200)), [LineOutcome.Pending] = new(1, Money.FromYuan(100)) };
        Assert.IsType<AnswerApplied>(Assert.Single(When(taken, new EndAnswering(taken.Length, some)).Events).Event);
        var all = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = Three };
        Then(When(taken, new EndAnswering(taken.Length, all)), new AnswerApplied("m1", all), new RunClosed());
        Assert.Empty(When(taken, new EndAnswering(taken.Length - 1, all)).Events);
    }

    [Fact]
    public void A_run_with_a_disputed_payment_is_closed_when_another_person_has_ended_the_dispute()
    {
        PayRunEvent[] taken = [.. Sent, new AnswerTaken("m1", Now, "sha", null)];
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Settled] = new(1, Money.FromYuan(100)), [LineOutcome.Disputed] = new(2, Money.FromYuan(200)) };
        Then(When(taken, new EndAnswering(taken.Length, some)), new AnswerApplied("m1", some));
        Refused(RefusalCode.MovedOn, When(taken, End));
        PayRunEvent[] disputed = [.. taken, new AnswerApplied("m1", some)];
        Refused(RefusalCode.NotAllowed, When(disputed, End with { Staff = "prepares1" }));
        var both = SampleTownship.Register.Find("approves1")! with { Person = SampleTownship.KeyOf("prepares1") };
        Refused(RefusalCode.NotAllowed, When(disputed, End, SampleTownship.With(both)));
        Refused(RefusalCode.Invalid, When(disputed, End with { Reason = " " }));
        Refused(RefusalCode.Invalid, When(Sent, End));
        Assert.Equal(
            "Name of approves1 dealt with the payment in this pay run on 2026-03-02 09:00.",
            Refused(RefusalCode.AlreadyDone, When(disputed, End with { Before = new DisputeEnd("approves1", Now, "?") })).Faults[0].Message.En);

        var ended = new DisputeEnded("e1", 1, Money.FromYuan(100), LineOutcome.Resolved, "approves1", "refunded");
        Then(When(disputed, End), ended);
        Then(When([.. disputed, ended], End with { Outcome = LineOutcome.Failed }), ended with { Outcome = LineOutcome.Failed }, new RunClosed());
        Then(When([.. disputed, ended, new RunClosed()], End), ended);
        Assert.Equal(
            [(LineOutcome.Settled, 1), (LineOutcome.Failed, 1), (LineOutcome.Resolved, 1)],
            Run([.. disputed, ended, ended with { Outcome = LineOutcome.Failed }])!.Outcomes.Select(outcome => (outcome.Key, outcome.Value.Count)));
    }

    [Theory]
    [InlineData(LineOutcome.Failed, "AC04", true)]
    [InlineData(LineOutcome.Disputed, "AC04", true)]
    [InlineData(LineOutcome.Resolved, "AC04", true)]
    [InlineData(LineOutcome.Disputed, null, false)]
    [InlineData(LineOutcome.Resolved, null, false)]
    [InlineData(LineOutcome.Pending, null, false)]
    [InlineData(LineOutcome.Settled, null, false)]
    public void That_it_was_paid_contradicts_only_that_it_was_not(LineOutcome before, string? code, bool contradicts)
    {
        var line = new PayLine("a-once", "s", "v", Money.FromYuan(1), 1) { Outcome = before, Code = code };
        Assert.Equal(contradicts, BankWord.Of(line, new ReportedStatus("ACSC")).Contradicts(line));
    }

    [Fact]
    public void A_flag_is_cleared_by_an_approver_with_a_reason_and_never_about_themselves()
    {
        var clear = new ClearFlag("approves1", "e", FlagKind.SharedAccount, "#", "other", "father and son");
        Then(When(Prepared, clear), new FlagCleared("e", FlagKind.SharedAccount, "#", "other", "approves1", "father and son"));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Staff = "prepares1" }));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Staff, Subject = "approves1" }));
        Refused(RefusalCode.Invalid, When(Prepared, clear with { Reason = "" }));
    }

    [Fact]
    public void Who_prepared_a_run_does_not_clear_its_flags()
    {
        var both = SampleTownship.Register.Find("prepares1")!;
        both = both with { Grants = [.. both.Grants, new Grant(Roles.FinanceApprover, Area.Township, null)] };
        Refused(RefusalCode.NotAllowed, When(Prepared, new ClearFlag("prepares1", "e", FlagKind.SharedAccount, "#", "other", "father and son"), SampleTownship.With(both)));
    }

    [Fact]
    public void Nobody_clears_a_flag_about_themselves_or_a_relative_of_theirs_in_whatever_name()
    {
        var twice = SampleTownship.Register with
        {
            Staff = [.. SampleTownship.Register.Staff, SampleTownship.Person("also-approves1", Roles.FinanceApprover, Area.Township) with { Person = SampleTownship.KeyOf("approves1") }],
        };
        var clear = new ClearFlag("approves1", "e", FlagKind.Staff, "also-approves1", null, "it is fine");
        Refused(RefusalCode.NotAllowed, When(Prepared, clear, twice));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Relative }, twice));
        Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Kind = FlagKind.Relative, Subject = "approves1" }));
        Then(
            When(Prepared, clear with { Kind = FlagKind.Relative, Subject = "prepares1" }),
            new FlagCleared("e", FlagKind.Relative, "prepares1", null, "approves1", "it is fine"));
    }

    [Fact]
    public void Who_clears_a_flag_or_ends_a_dispute_is_neither_of_the_household_nor_a_declared_relative()
    {
        var own = SampleTownship.KeyOf("approves1");
        var relative = new PersonKey("key-of-a-niece");
        var staff = SampleTownship.With(SampleTownship.Register.Find("approves1")! with { Relatives = [relative] });
        var some = new Dictionary<LineOutcome, Total> { [LineOutcome.Disputed] = new(2, Money.FromYuan(200)) };
        PayRunEvent[] disputed = [.. Sent, new AnswerTaken("m1", Now, "a", null), new AnswerApplied("m1", some)];
        var clear = new ClearFlag("approves1", "e", FlagKind.SharedAccount, "#", "other", "father and son");
        foreach (var concerned in new[] { own, relative })
        {
            Refused(RefusalCode.NotAllowed, When(Prepared, clear with { Persons = [new PersonKey("somebody"), concerned] }, staff));
            Refused(RefusalCode.NotAllowed, When(disputed, End with { Persons = [concerned] }, staff));
        }
        Assert.Null(When(Prepared, clear with { Persons = [new PersonKey("somebody")] }, staff).Refusal);
        Assert.Null(When(disputed, End with { Persons = [new PersonKey("somebody")] }, staff).Refusal);
    }

    [Fact]
    public void A_run_stands_still_when_nothing_comes_of_its_work_for_an_hour_and_not_while_people_or_the_bank_are_awaited()
    {
        Assert.All([Opened, Collected, Gathering, Approved, Committed], given =>
        {
            Assert.False(Run(given)!.StandsStill(Now.AddMinutes(59)));
            Assert.True(Run(given)!.StandsStill(Now.AddHours(1)));
        });
        Assert.All([Prepared, Sent], given => Assert.False(Run(given)!.StandsStill(Now.AddDays(30))));
    }

    [Fact]
    public void Bank_files_are_for_finance_staff()
    {
        Then(When(Sent, new RecordDownload("approves1", BankFileKind.PaymentOrder)), new FileDownloaded(BankFileKind.PaymentOrder, "approves1"));
        Refused(RefusalCode.NotAllowed, When(Sent, new RecordDownload("admin1", BankFileKind.PaymentOrder)));
        Refused(RefusalCode.NotFound, When(Sent, new RecordDownload("prepares1", BankFileKind.OneCard)));
        PayRunEvent[] both = [.. Committed, new FilesWritten(new BankFile("sha", 1), new BankFile("sha", 1))];
        Refused(RefusalCode.NotFound, When(both, new RecordDownload("prepares1", (BankFileKind)7)));
    }

    /// <summary>The bank takes one, the one-card platform the other: handed in both, they pay everybody twice.</summary>
    [Fact]
    public void Who_downloads_the_other_of_the_two_files_says_that_the_first_is_not_handed_in()
    {
        PayRunEvent[] one = [.. Committed, new FilesWritten(new BankFile("sha", 1), new BankFile("sha", 1)), new FileDownloaded(BankFileKind.PaymentOrder, "approves1")];
        Then(When(one, new RecordDownload("prepares1", BankFileKind.PaymentOrder)), new FileDownloaded(BankFileKind.PaymentOrder, "prepares1"));
        var other = new RecordDownload("prepares1", BankFileKind.OneCard);
        var told = Refused(RefusalCode.Invalid, When(one, other));
        Assert.StartsWith("Name of approves1 downloaded the other file of this run on 2026-03-02 09:00.", told.Faults[0].Message.En, StringComparison.Ordinal);
        Then(When(one, other with { Instead = true }), new FileDownloaded(BankFileKind.OneCard, "prepares1", Instead: true));
    }

    [Theory]
    [InlineData("relief-2026-0001", true)]
    [InlineData("rural-revitalisation-2026-12345", true)]
    [InlineData("relief-2026-1", false)]
    [InlineData("relief-2026-0000", false)]
    [InlineData("relief-2026", false)]
    [InlineData("relief/../x-2026-0001", false)]
    [InlineData("relief?-2026-0001", false)]
    [InlineData("relief%2F-2026-0001", false)]
    [InlineData("a\u0001-2026-0001", false)]
    [InlineData("资金-2026-0001", false)]
    [InlineData("Relief-2026-0001", false)]
    [InlineData("relief-+026-0001", false)]
    [InlineData("relief-0000-0001", false)]
    [InlineData("", false)]
    public void A_number_is_read_as_it_is_written(string text, bool sound) => Assert.Equal(sound ? text : null, PayRunId.Parse(text)?.ToString());

    [Fact]
    public void The_digest_covers_every_entitlement_attempt_amount_and_payee()
    {
        var line = new PayLine("a-once", "s", "v", Money.FromYuan(1), 1) { PayeeDigest = "#" };
        PayLine[] others = [line with { Entitlement = "b-once" }, line with { Attempt = 2 }, line with { Amount = Money.FromYuan(2) }, line with { PayeeDigest = "##" }];
        Assert.Equal(5, others.Append(line).Select(one => LineDigest.Of([one])).Distinct().Count());
    }

    private static Preparation Of(Total included) =>
        new(included, new Dictionary<Exclusion, Total>(), new Dictionary<string, Total>(), null, "digest");

    private static PayRun? Run(PayRunEvent[] given) => given.Length == 0
        ? null
        : PayRunFold.Fold(Id, given.Select((e, i) => new PayRunRecorded(i + 1, Now, Actor.Engine, e)));

    private static PayRunDecided When(PayRunEvent[] given, PayRunCommand command, TownshipRegister? staff = null) =>
        PayRunDecider.Decide(Run(given), command, staff ?? SampleTownship.Register, Now);

    private static void Then(PayRunDecided decided, params PayRunEvent[] events)
    {
        Assert.Null(decided.Refusal);
        Assert.Equal(events, decided.Events.Select(recorded => recorded.Event));
    }

    private static Refusal Refused(RefusalCode code, PayRunDecided decided)
    {
        Assert.Equal(code, decided.Refusal?.Code);
        Assert.Empty(decided.Events);
        return decided.Refusal!;
    }
}
