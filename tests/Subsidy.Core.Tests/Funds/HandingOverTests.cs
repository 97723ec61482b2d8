using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using static Subsidy.Core.Tests.Funds.Books;

namespace Subsidy.Core.Tests.Funds;

/// <summary>Cash or goods out of the petty fund: one signature takes the entitlement away from the pay runs, the second one pays it.</summary>
public class HandingOverTests
{
    private const string Id = "a-2026";

    private static Books WithCash(long yuan = 300) =>
        new Books().Do(Money(500), Reserve(), new AdvancePetty(Administrator, "p", Core.Money.FromYuan(yuan), "v"));

    private static PayFromPetty Pay(int handOver = 7, string receipt = "receipt 1") => new(Administrator, Id, handOver, receipt);

    [Fact]
    public void An_order_to_take_back_a_later_handover_that_overtakes_the_one_before_takes_both_back()
    {
        var books = new Books().Do(Money(500), new AdvancePetty(Administrator, "box", Core.Money.FromYuan(200), "No. 2"), Reserve(), new HandOut("a-2026", 10));

        books.Do(new TakeBack("a-2026", 25));

        Assert.Equal((PositionState.Reserved, 25), (books.Position().State, books.Position().HandOver));
        books.Ignored(new TakeBack("a-2026", 25), new TakeBack("a-2026", 10), new HandOut("a-2026", 25));
    }

    [Fact]
    public void Both_signatures_pay_it_once_out_of_the_cash_and_free_what_was_set_aside()
    {
        var books = WithCash().Do(new HandOut(Id, 7), Pay()).Ignored(Pay(), new HandOut(Id, 7), new HandOut(Id, 9), new TakeBack(Id, 7));

        Assert.Equal(PositionState.Paid, books.Position().State);
        Assert.Equal((100, 200, 200, 0), (books.Yuan(Account.Paid), books.Yuan(Account.Petty), books.Yuan(Account.Available), books.Yuan(Account.Reserved)));
        Assert.Equal(new PettyCash(Core.Money.FromYuan(300), Core.Money.Zero, new Tally(1, Core.Money.FromYuan(100))), books.Fund.PettyCash);
    }

    [Fact]
    public void Without_the_first_signature_nothing_is_paid_and_a_receipt_needs_its_number()
    {
        var books = WithCash();
        Assert.Equal(RefusalCode.MovedOn, books.Refused(Pay()).Code);
        books.Do(new HandOut(Id, 7));
        Assert.Equal(RefusalCode.MovedOn, books.Refused(Pay(handOver: 6)).Code);
        Assert.Equal("/document", books.Refused(Pay(receipt: " ")).Faults.Single().Pointer);
    }

    [Fact]
    public void What_is_handed_over_no_pay_run_takes()
    {
        var books = WithCash().Do(new HandOut(Id, 7)).Ignored(new Gather("run", [Id]), new Commit("run", [Id]), new Release(Id, "s", "v", new Money(1), default, 5));

        Assert.Equal(PositionState.HandedOut, books.Position().State);
    }

    /// <summary>The run is only a proposal; the cash is gone.</summary>
    [Fact]
    public void It_leaves_a_run_that_nobody_has_approved_and_the_run_does_not_get_it_back()
    {
        var books = WithCash().Do(new Gather("run", [Id]), new HandOut(Id, 7)).Ignored(new Commit("run", [Id]), new Scatter("run", [Id]));

        Assert.Equal((PositionState.HandedOut, null), (books.Position().State, books.Position().Run));
    }

    [Fact]
    public void What_is_in_the_banks_hands_is_not_handed_over() =>
        WithCash().Do(new Gather("run", [Id]), new Commit("run", [Id])).Ignored(new HandOut(Id, 7));

    [Fact]
    public void More_than_the_cash_box_has_is_not_handed_over_and_what_is_handed_over_counts_as_gone()
    {
        WithCash(yuan: 99).Ignored(new HandOut(Id, 7));
        var books = WithCash(yuan: 150).Do(Reserve("b-2026"), new HandOut(Id, 7)).Ignored(new HandOut("b-2026", 8));

        Assert.Equal((150, 50), (books.Yuan(Account.Petty), books.Fund.CashBox.Fen / 100));
        Assert.Equal(RefusalCode.Invalid, books.Refused(new AdvancePetty(Administrator, "back", Core.Money.FromYuan(-51), "v")).Code);
        books.Do(new AdvancePetty(Administrator, "back", Core.Money.FromYuan(-50), "v"), Pay());
        Assert.Equal((0, 50), (books.Yuan(Account.Petty), books.Fund.PettyCash.HandedBack.Fen / 100));
    }

    [Fact]
    public void One_that_was_dropped_is_due_again_and_an_order_for_it_that_comes_late_changes_nothing()
    {
        var books = WithCash().Do(new HandOut(Id, 7), new TakeBack(Id, 7)).Ignored(new HandOut(Id, 7), new TakeBack(Id, 7));
        Assert.Equal(PositionState.Reserved, books.Position().State);
        books.Do(new TakeBack(Id, 9)).Ignored(new HandOut(Id, 9));
        books.Do(new HandOut(Id, 12));
        Assert.Equal(RefusalCode.MovedOn, books.Refused(Pay()).Code);
        books.Do(Pay(handOver: 12));
    }

    [Fact]
    public void An_entitlement_that_was_given_up_and_granted_again_still_knows_which_handovers_are_over()
    {
        var books = WithCash().Do(new TakeBack(Id, 7), Release(), Reserve(grant: 9)).Ignored(new HandOut(Id, 7));
        Assert.Equal(PositionState.Reserved, books.Position().State);
    }

    [Fact]
    public void A_year_does_not_end_before_the_witness_has_signed()
    {
        var books = WithCash().Do(new HandOut(Id, 7));
        Assert.Equal(RefusalCode.MovedOn, books.Refused(new CarryOver(Administrator, Id)).Code);
        Assert.Equal(RefusalCode.MovedOn, books.Refused(new CloseYear(Administrator)).Code);
    }

    [Fact]
    public void The_check_finds_sums_of_the_petty_fund_that_the_entries_do_not_bear_out()
    {
        var books = WithCash().Do(new HandOut(Id, 7), Pay());
        var wrong = books.Fund with { PettyCash = PettyCash.None };

        Assert.Empty(LedgerCheck.Run(books.Fund.Key, books.Entries, books.Fund, [books.Position()]));
        Assert.Single(LedgerCheck.Run(books.Fund.Key, books.Entries, wrong, [books.Position()]));
    }
}
