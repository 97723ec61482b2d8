using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using static Subsidy.Core.Tests.Funds.Books;

namespace Subsidy.Core.Tests.Funds;

public sealed class FundDeciderTests
{
    private static RaiseClaim Claim(long yuan, string recovery = "r1") => new(Administrator, recovery, "a-2026", Core.Money.FromYuan(yuan));

    [Fact]
    public void The_same_payment_twice_in_one_answer_of_the_bank_is_settled_once()
    {
        var books = new Books().Do(Money(500), Reserve(), Reserve("b-2026"));
        List<string> both = ["a-2026", "b-2026"];
        books.Do(new Gather("run", both), new Commit("run", [.. both, "a-2026"]));
        Assert.Equal(200, books.Yuan(Account.Committed));

        books.Do(new Answer("run", [new BankAnswer("a-2026", 1, null), new BankAnswer("a-2026", 1, null)]));
        Assert.Equal((100, 100), (books.Yuan(Account.Paid), books.Yuan(Account.Committed)));
    }

    [Fact]
    public void Settled_and_returned_in_one_answer_of_the_bank_is_a_return()
    {
        var books = new Books().Do(Money(500), Reserve(), new Gather("run", ["a-2026"]), new Commit("run", ["a-2026"]));
        books.Do(new Answer("run", [new BankAnswer("a-2026", 1, null), new BankAnswer("a-2026", 1, "AC04")]));
        Assert.Equal((PositionState.Failed, 0, 100), (books.Position().State, books.Yuan(Account.Paid), books.Yuan(Account.Reserved)));
    }

    [Fact]
    public void No_more_can_be_claimed_back_than_was_paid_for_the_entitlement()
    {
        var books = Paid().Do(Reserve("b-2026"), new Gather("run", ["b-2026"]), new Commit("run", ["b-2026"]), Said(null, entitlement: "b-2026"));
        books.Do(Claim(60));
        books.Refused(Claim(60, "r2"));
        Assert.Equal((140, 60), (books.Yuan(Account.Paid), books.Yuan(Account.Receivable)));
    }

    [Fact]
    public void A_year_that_is_closed_stays_closed_when_it_is_closed_again_after_a_payment_came_back()
    {
        var books = Paid().Do(new CloseYear(Administrator), Said("AC04"));
        books.Ignored(new CloseYear(Administrator));
    }

    [Fact]
    public void A_closed_year_gets_no_money()
    {
        var books = Paid().Do(new CloseYear(Administrator));
        Assert.Equal(RefusalCode.MovedOn, books.Refused(Money(1, "late")).Code);
        Assert.Equal(RefusalCode.MovedOn, books.Refused(new AdvancePetty(Administrator, "late", Core.Money.FromYuan(1), "v")).Code);
    }

    [Fact]
    public void A_year_is_not_closed_while_the_cashier_holds_money()
    {
        var books = new Books().Do(Money(500), new AdvancePetty(Administrator, "p1", Core.Money.FromYuan(50), "v1"));
        books.Refused(new CloseYear(Administrator));
        books.Do(new AdvancePetty(Administrator, "p2", Core.Money.FromYuan(-50), "v2"), new CloseYear(Administrator));
    }

    [Fact]
    public void The_petty_fund_takes_no_money_that_others_wait_for()
    {
        var books = new Books().Do(Money(500), new AdvancePetty(Administrator, "p1", Core.Money.FromYuan(50), "v1"), Reserve(yuan: 600));
        Assert.Equal(PositionState.Waiting, books.Position().State);

        var refusal = books.Refused(new AdvancePetty(Administrator, "p2", Core.Money.FromYuan(1), "v2"));

        Assert.Equal(RefusalCode.Invalid, refusal.Code);
        Assert.Contains("wait", refusal.Faults.Single().Message.En, StringComparison.Ordinal);
        books.Do(new AdvancePetty(Administrator, "p3", Core.Money.FromYuan(-50), "v3"));
    }

    [Fact]
    public void An_entitlement_to_nothing_is_refused_and_holds_up_nobody()
    {
        var books = new Books().Do(Money(10));
        Assert.Equal(RefusalCode.Invalid, books.Refused(Reserve(yuan: 0)).Code);
        Assert.Equal(RefusalCode.Invalid, books.Refused(Reserve(yuan: -1)).Code);
    }

    [Fact]
    public void An_amount_beyond_any_budget_is_refused_and_does_not_overflow()
    {
        var books = new Books();
        foreach (var amount in new[] { long.MaxValue, long.MinValue, Budgeting.MostFen + 1, -100_000_000_000_000 - 1 })
            Assert.Equal("/amount", books.Refused(new Appropriate(Administrator, "x", new Core.Money(amount), "d")).Faults.Single().Pointer);
        books.Do(new Appropriate(Administrator, "x", new Core.Money(Budgeting.MostFen), "d"));
    }

    [Fact]
    public void Ids_of_different_kinds_do_not_stand_in_each_others_way()
    {
        var books = new Books().Do(Money(500, "1"), new AdvancePetty(Administrator, "1", Core.Money.FromYuan(50), "v"));
        Assert.Equal(50, books.Yuan(Account.Petty));
    }

    [Fact]
    public void An_order_to_reserve_that_comes_after_the_release_of_its_grant_is_too_late_the_second_time_as_well()
    {
        var books = new Books().Do(Money(500), Reserve(), Release());
        // Granted again by event 9, cancelled again; the order for it was held up on its way.
        books.Do(Release(grant: 9)).Ignored(Reserve(grant: 9));
        books.Do(Reserve(grant: 12));
        Assert.Equal((PositionState.Reserved, 12), (books.Position().State, books.Position().Grant));
    }

    [Fact]
    public void What_is_with_the_bank_or_paid_when_a_newer_grant_is_given_up_is_told_as_of_that_grant()
    {
        var books = new Books().Do(Money(500), Reserve(), new Gather("run", ["a-2026"]), new Commit("run", ["a-2026"]));
        books.Do(Release(grant: 9));
        Assert.Equal((PositionState.Committed, 9), (books.Position().State, books.Position().Grant));
        books.Do(Said(null), Release(grant: 12)).Ignored(Reserve(grant: 12));
        Assert.Equal((PositionState.Paid, 12), (books.Position().State, books.Position().Grant));
    }

    [Fact]
    public void What_stands_in_the_next_years_books_already_is_not_carried_in_a_second_time()
    {
        var old = new Books().Do(Money(500), Reserve(), new CarryOver(Administrator, "a-2026")).Position();
        Assert.Equal((PositionState.Leaving, PositionState.Reserved), (old.State, old.LeftAs));
        var next = new Books().Do(Money(500), Reserve());
        Assert.Equal(RefusalCode.MovedOn, next.Refused(new CarryIn(Administrator, old)).Code);

        // Given up there before, it may come; and it is not said to the bank by a name that the bank has seen.
        next.Do(Release(), new CarryIn(Administrator, old)).Ignored(new CarryIn(Administrator, old));
        Assert.Equal((PositionState.Reserved, 2), (next.Position().State, next.Position().Attempt));
    }

    /// <summary>Whoever ended the year died once it had arrived, and goes on when it has been given up there.</summary>
    [Fact]
    public void What_was_carried_in_and_given_up_is_not_carried_in_again()
    {
        var old = new Books().Do(Money(500), Reserve(), new CarryOver(Administrator, "a-2026")).Position();
        var next = new Books().Do(Money(500), new CarryIn(Administrator, old), Release());

        next.Ignored(new CarryIn(Administrator, old));

        Assert.Equal(PositionState.Released, next.Position().State);
    }

    [Fact]
    public void A_payment_that_comes_back_while_it_is_claimed_back_ends_the_claim()
    {
        var books = Paid().Do(Claim(60), Said("AC04"));
        Assert.Equal((0, 0, 100), (books.Yuan(Account.Receivable), books.Yuan(Account.Paid), books.Yuan(Account.Reserved)));
        Assert.Equal((PositionState.Failed, Core.Money.Zero, Core.Money.Zero), (books.Position().State, books.Position().Owed, books.Position().Claimed));
    }

    [Fact]
    public void A_payment_that_comes_back_after_some_of_it_was_repaid_is_left_to_a_person()
    {
        var books = Paid().Do(
            Claim(60), new SettleClaim(Administrator, "s1", "r1", "a-2026", Core.Money.FromYuan(20), ClaimEnd.Repaid, "slip"));
        books.Ignored(Said("AC04"));
        Assert.Equal(PositionState.Paid, books.Position().State);
    }

    private static SettleClaim Settle(string id, long yuan, ClaimEnd end) =>
        new(Administrator, id, "r1", "a-2026", Core.Money.FromYuan(yuan), end, "a-2027");

    [Fact]
    public void What_is_kept_back_from_a_later_entitlement_stays_with_the_payee_for_it()
    {
        var books = Paid().Do(Claim(60), Settle("s1", 20, ClaimEnd.Offset)).Ignored(Settle("s1", 20, ClaimEnd.Offset));

        Assert.Equal((40, 60), (books.Yuan(Account.Receivable), books.Yuan(Account.Paid)));
        Assert.Equal((Core.Money.FromYuan(40), Core.Money.FromYuan(20)), (books.Position().Owed, books.Position().Offset));
        Assert.Equal((EntryKind.Offset, "a-2027", "r1"), (books.Entries[^1].Kind, books.Entries[^1].Note, books.Entries[^1].Recovery));
        Assert.Equal(RefusalCode.Invalid, books.Refused(Settle("s2", 41, ClaimEnd.Offset)).Code);
    }

    [Fact]
    public void What_was_kept_back_for_nothing_is_to_be_recovered_again()
    {
        var books = Paid().Do(Claim(60), Settle("s1", 60, ClaimEnd.Offset));
        Assert.Equal(RefusalCode.Invalid, books.Refused(Settle("s2", 61, ClaimEnd.OffsetUndone)).Code);

        books.Do(Settle("s2", 60, ClaimEnd.OffsetUndone));

        Assert.Equal((60, 40), (books.Yuan(Account.Receivable), books.Yuan(Account.Paid)));
        Assert.Equal((Core.Money.FromYuan(60), Core.Money.Zero), (books.Position().Owed, books.Position().Offset));
        books.Do(Settle("s3", 60, ClaimEnd.Repaid));
        Assert.Equal(0, books.Yuan(Account.Receivable));
    }

    [Fact]
    public void A_claim_for_a_part_is_raised_by_the_rest_whatever_has_become_of_the_part_and_no_other_claim_is_opened_beside_it()
    {
        var books = Paid().Do(Claim(60), Settle("s1", 20, ClaimEnd.Offset), Settle("s2", 30, ClaimEnd.Repaid));
        var left = books.Position().Amount - Core.Money.FromYuan(60);
        var raise = Claim(60) with { Amount = left, Number = 3 };
        Assert.Equal(RefusalCode.MovedOn, books.Refused(raise with { Recovery = "another" }).Code);
        Assert.Equal(RefusalCode.Invalid, books.Refused(raise with { Amount = left + new Core.Money(1) }).Code);

        books.Do(raise);
        books.Ignored(raise);

        Assert.Equal((books.Position().Amount, left + Core.Money.FromYuan(10)), (books.Position().Claimed, books.Position().Owed));
        books.Do(Settle("s4", 20, ClaimEnd.OffsetUndone));
        Assert.Equal(left + Core.Money.FromYuan(30), books.Position().Owed);
    }

    [Fact]
    public void A_claim_that_was_raised_and_made_void_by_the_bank_does_not_pass_for_the_claim_after_the_next_payment()
    {
        var books = Paid().Do(Claim(60, "a-recovery"), Claim(40, "a-recovery") with { Number = 2 }, Said("AC04"));
        Assert.Equal((PositionState.Failed, 0), (books.Position().State, books.Yuan(Account.Receivable)));
        books.Do(new Retry("a-2026", 1), new Gather("again", ["a-2026"]), new Commit("again", ["a-2026"]), new Answer("again", [new BankAnswer("a-2026", 2, null)]));

        books.Do(Claim(100, "a-recovery-2"));

        Assert.Equal(100, books.Yuan(Account.Receivable));
    }

    [Fact]
    public void A_payment_that_comes_back_after_something_was_kept_back_for_it_is_left_to_a_person()
    {
        var books = Paid().Do(Claim(60), Settle("s1", 60, ClaimEnd.Offset));

        books.Ignored(Said("AC04"));
        Assert.Equal(RefusalCode.MovedOn, books.Refused(new RaiseClaim(Administrator, "r2", "a-2026", Core.Money.FromYuan(1))).Code);
    }
}
