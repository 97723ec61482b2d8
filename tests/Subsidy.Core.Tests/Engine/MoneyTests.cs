using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using static Subsidy.Core.Tests.Applications.SampleSchemes;

namespace Subsidy.Core.Tests.Engine;

/// <summary>Turns of an application beside the books of its fund.</summary>
public class MoneyTests
{
    private const string Entitlement = $"{Case.Id}-once";
    private static readonly Scheme Scheme = Of(Review("township", Gate.Township, OfficeSeat), Pay()).Paying("60000");
    private static readonly FundKey Fund = new("relief", 2026);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Approved, and a turn taken.</summary>
    private static async Task<InMemory> ApprovedAsync(long yuan = 1000, Scheme? scheme = null)
    {
        var memory = new InMemory(scheme ?? Scheme);
        if (yuan > 0)
            await memory.Funds.HandleAsync(Fund, new Appropriate(Actor.Engine, "opening", Money.FromYuan(yuan), "2026-1"), Cancel);
        await memory.DoAsync(Case.Submission());
        await memory.TurnAsync();
        await ApproveAsync(memory, "office1");
        await memory.TurnAsync();
        return memory;
    }

    private static async Task ApproveAsync(InMemory memory, string staff, string? comment = null)
    {
        var open = memory.Application.Assignments.Single(x => x.SeatOf(staff) is not null);
        var answer = await memory.DoAsync(new CastVote(
            staff, open.Key, open.Round, open.SeatOf(staff)!.Candidates.First(c => c.Staff == staff).Link, memory.Application.Version,
            Decision.Approve, comment, [], [], null, [], null));
        Assert.Null(answer.Refusal);
    }

    private static async Task RunAsync(InMemory memory, string run)
    {
        await memory.Funds.HandleAsync(Fund, new Gather(run, [Entitlement]), Cancel);
        await memory.Funds.HandleAsync(Fund, new Commit(run, [Entitlement]), Cancel);
    }

    private static Position PositionOf(InMemory memory, int year = 2026) => memory.Books.Of(Fund with { Year = year }).Positions[Entitlement];

    [Fact]
    public async Task An_approval_sets_the_money_aside_in_the_same_turn()
    {
        var memory = await ApprovedAsync();

        Assert.Equal(PositionState.Reserved, PositionOf(memory).State);
        Assert.Equal(EntitlementState.Reserved, memory.Application.Entitlement!.State);
        Assert.Empty(memory.Application.Duties);
    }

    /// <summary>Of what was paid, the books have been told of another claim, which the application takes for void.</summary>
    [Fact]
    public async Task A_claim_that_the_books_refuse_though_the_money_stands_paid_stays_undone_and_people_are_told()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1");
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, null)]), Cancel);
        await memory.DoAsync(new HearFunds(FundReport.Of(Fund, PositionOf(memory))));
        await memory.Funds.HandleAsync(Fund, new RaiseClaim(Actor.Engine, "another", Entitlement, new Money(40000)), Cancel);

        Assert.Null((await memory.DoAsync(new ClaimBack("prepares1", Entitlement, new Money(60000), "never worked there"))).Refusal);
        await memory.TurnAsync();

        Assert.Equal((1, "another"), (memory.Application.Duties.OfType<PostRecovery>().Single().Attempts, PositionOf(memory).Recovery));
    }

    /// <summary>The books count it for the next payment; so must the application, or more is asked back than is left.</summary>
    [Fact]
    public async Task What_was_claimed_and_repaid_and_reaches_the_books_only_once_they_have_paid_again_counts_for_that_payment()
    {
        var memory = await ApprovedAsync();
        async Task PaidAsync(string run, int attempt)
        {
            await RunAsync(memory, run);
            await memory.Funds.HandleAsync(Fund, new Answer(run, [new BankAnswer(Entitlement, attempt, null)]), Cancel);
            await memory.DoAsync(new HearFunds(FundReport.Of(Fund, PositionOf(memory))));
        }
        await PaidAsync("run-1", 1);
        await memory.TurnAsync();
        Assert.Null((await memory.DoAsync(new ClaimBack("prepares1", Entitlement, new Money(20000), "worked for some of the time"))).Refusal);
        Assert.Null((await memory.DoAsync(new RecordRepayment("prepares1", $"{Entitlement}-recovery", new Money(20000), "v-1"))).Refusal);

        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, "MS03")]), Cancel);
        await memory.DoAsync(new HearFunds(FundReport.Of(Fund, PositionOf(memory))));
        await memory.Funds.HandleAsync(Fund, new Retry(Entitlement, 1), Cancel);
        await PaidAsync("run-2", 2);

        Assert.Equal(RefusalCode.Invalid, (await memory.DoAsync(new ClaimBack("prepares1", Entitlement, new Money(40001), "never worked there"))).Refusal?.Code);
        Assert.Null((await memory.DoAsync(new ClaimBack("prepares1", Entitlement, new Money(40000), "never worked there"))).Refusal);
        await memory.TurnAsync();

        Assert.Empty(memory.Application.Duties.OfType<PostRecovery>());
        Assert.Equal((new Money(60000), new Money(40000)), (PositionOf(memory).Claimed, PositionOf(memory).Owed));
    }

    [Fact]
    public async Task Money_that_comes_later_is_told_to_the_application_that_waited_for_it()
    {
        var memory = await ApprovedAsync(yuan: 0);
        Assert.Equal(EntitlementState.Waiting, memory.Application.Entitlement!.State);

        await memory.Funds.HandleAsync(Fund, new Appropriate(Actor.Engine, "increase", Money.FromYuan(1000), "2026-9"), Cancel);
        Assert.Equal(1, await memory.News.TendAsync(Cancel));

        Assert.Equal(EntitlementState.Reserved, memory.Application.Entitlement!.State);
        Assert.Equal(0, await memory.News.TendAsync(Cancel));
    }

    [Fact]
    public async Task A_run_the_banks_answer_and_the_news_of_both_make_it_paid()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1");
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, null)]), Cancel);

        await memory.News.TendAsync(Cancel);

        Assert.Equal(Status.Paid, memory.Application.Status);
        Assert.True((await memory.TurnAsync())!.Final);
    }

    [Fact]
    public async Task While_the_books_are_out_of_reach_no_more_of_what_was_paid_long_ago_is_asked_back_and_then_all_of_it_is()
    {
        var memory = await ApprovedAsync(100_000, Scheme.Paying("60000", Schedule.Monthly));
        for (var month = 0; month < 40; month++)
        {
            memory.Time.SetUtcNow(memory.Application.Recurring!.Next);
            var year = Fund with { Year = memory.Time.GetUtcNow().AddHours(8).Year };
            await memory.Funds.HandleAsync(year, new Appropriate(Actor.Engine, $"{month}", Money.FromYuan(1000), "doc"), Cancel);
            await memory.TurnAsync();
            var due = memory.Application.Entitlement!;
            await memory.Funds.HandleAsync(year, new Gather($"run-{month}", [due.Id]), Cancel);
            await memory.Funds.HandleAsync(year, new Commit($"run-{month}", [due.Id]), Cancel);
            await memory.Funds.HandleAsync(year, new Answer($"run-{month}", [new BankAnswer(due.Id, 1, null)]), Cancel);
            await memory.News.TendAsync(Cancel);
            await memory.TurnAsync();
        }
        Assert.Null((await memory.DoAsync(new Revoke("leader1", "invented"))).Refusal);
        int AskedBack() => memory.Events.Select(recorded => recorded.Event).OfType<RecoveryOpened>().Count();
        var atOnce = AskedBack();

        memory.Books.Breaks = _ => throw new IOException("The storage is down.");
        for (var turn = 0; turn < 3; turn++)
        {
            await Assert.ThrowsAsync<IOException>(memory.TurnAsync);
            memory.Time.Advance(TimeSpan.FromMinutes(5)); // Its lease has run out.
        }
        Assert.Equal(atOnce, AskedBack());

        memory.Books.Breaks = _ => { };
        await memory.TurnAsync();
        Assert.Equal(40, AskedBack());
        Assert.Equal(
            Money.FromYuan(40 * 600), new Money(Enumerable.Range(2026, 4).Sum(year => memory.Books.Of(Fund with { Year = year }).Fund.BalanceOf(Account.Receivable).Fen)));
    }

    [Fact]
    public async Task What_was_given_up_granted_again_and_given_up_again_before_the_books_heard_of_it_is_asked_back_once_they_have_paid_it()
    {
        var memory = await ApprovedAsync(2000, Scheme.Paying("60000", Schedule.Monthly));
        for (var month = 0; month < 2; month++)
        {
            memory.Time.SetUtcNow(memory.Application.Recurring!.Next);
            await memory.TurnAsync();
        }
        var (first, second) = (memory.Application.Entitlements[0], memory.Application.Entitlements[1]);
        await memory.Funds.HandleAsync(Fund, new Gather("run", [second.Id]), Cancel);
        await memory.Funds.HandleAsync(Fund, new Commit("run", [second.Id]), Cancel);

        foreach (var command in new Command[] { new StopPayments("leader1", StopReason.Ineligible, first.Period, "earns enough"), new Appeal("he does not") })
            Assert.Null((await memory.DoAsync(command)).Refusal);
        await ApproveAsync(memory, "county1", "he lives elsewhere");
        Assert.NotEqual(second.Number, memory.Application.Entitlement!.Number);
        Assert.Null((await memory.DoAsync(new Revoke("leader1", "invented"))).Refusal);
        await memory.TurnAsync();
        await memory.Funds.HandleAsync(Fund, new Answer("run", [new BankAnswer(second.Id, 1, null)]), Cancel);
        await memory.News.TendAsync(Cancel);
        await memory.TurnAsync();

        Assert.Equal(second.Id, memory.Application.Recoveries.Single().Entitlement);
        Assert.Equal(Money.FromYuan(600), memory.Books.Of(Fund).Fund.BalanceOf(Account.Receivable));
    }

    [Fact]
    public async Task A_payment_that_failed_is_due_again_once_the_account_is_right()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1");
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, "AC04")]), Cancel);
        await memory.News.TendAsync(Cancel);

        await memory.DoAsync(new CorrectPayee(new Payee("张三丰", "8807654321", "农商行")));
        await memory.TurnAsync();

        Assert.Equal((PositionState.Reserved, 2), (PositionOf(memory).State, PositionOf(memory).Attempt));
        await RunAsync(memory, "run-2");
        await memory.Funds.HandleAsync(Fund, new Answer("run-2", [new BankAnswer(Entitlement, 1, "AC04"), new BankAnswer(Entitlement, 2, null)]), Cancel);
        await memory.News.TendAsync(Cancel);
        Assert.Equal(Status.Paid, memory.Application.Status);
    }

    [Fact]
    public async Task What_is_withdrawn_gives_its_money_to_the_next_in_the_queue()
    {
        var memory = await ApprovedAsync(yuan: 600);
        await memory.Funds.HandleAsync(Fund, new Reserve("other2222222-once", "sample", "dongshan", Money.FromYuan(600), new DateOnly(2026, 3, 2), 5), Cancel);

        await memory.DoAsync(new Withdraw("found work"));
        await memory.TurnAsync();

        Assert.Equal(PositionState.Released, PositionOf(memory).State);
        Assert.Equal(PositionState.Reserved, memory.Books.Of(Fund).Positions["other2222222-once"].State);
        Assert.Empty(memory.Application.Entitlements);
    }

    [Fact]
    public async Task What_is_withdrawn_while_a_run_takes_it_is_paid_and_then_claimed_back_in_the_books()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1"); // The application has not heard of it.
        await memory.DoAsync(new Withdraw("found work"));
        await memory.TurnAsync();
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, null)]), Cancel);
        await memory.News.TendAsync(Cancel);

        await memory.TurnAsync();

        Assert.Equal(Status.Recovering, memory.Application.Status);
        Assert.Equal(Money.FromYuan(600), memory.Books.Of(Fund).Fund.BalanceOf(Account.Receivable));
    }

    [Fact]
    public async Task A_repayment_makes_the_money_available_again()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1");
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, null)]), Cancel);
        await memory.News.TendAsync(Cancel);
        await memory.DoAsync(new Revoke("leader1", "invented"));
        await memory.TurnAsync();

        await memory.DoAsync(new RecordRepayment("prepares1", $"{Entitlement}-recovery", Money.FromYuan(600), "v-1"));
        await memory.TurnAsync();

        Assert.Equal(Money.FromYuan(1000), memory.Books.Of(Fund).Fund.Available);
        Assert.Equal(Status.Closed, memory.Application.Status);
    }

    [Fact]
    public async Task Where_the_years_books_are_closed_the_next_years_are_asked()
    {
        var memory = new InMemory(Scheme);
        await memory.Funds.HandleAsync(Fund, new CloseYear(Actor.Engine), Cancel);
        await memory.Funds.HandleAsync(Fund with { Year = 2027 }, new Appropriate(Actor.Engine, "opening", Money.FromYuan(1000), "2027-1"), Cancel);
        var duty = new ReserveFunds($"{Case.Id}-9-reserve", Entitlement, "relief", 2026, new Money(60000), 9);
        await memory.DoAsync(Case.Submission());

        var outcome = await new MoneyDuties(memory.Funds, new YearEnd(memory.Books, memory.Funds)).PerformAsync(memory.Application, duty, Cancel);

        Assert.Equal(2027, Assert.IsType<FundsReported>(outcome).Report.Fund.Year);
        Assert.Equal(PositionState.Reserved, PositionOf(memory, 2027).State);
    }

    [Fact]
    public async Task What_was_carried_over_is_paid_out_of_the_next_years_books()
    {
        var memory = await ApprovedAsync();
        var end = await new YearEnd(memory.Books, memory.Funds).CarryOverAsync(Fund, Actor.Engine, Cancel);
        Assert.True(end.Closed);

        await memory.News.TendAsync(Cancel);

        Assert.Equal(2027, memory.Application.Entitlement!.Year);
        Assert.Equal(PositionState.Reserved, PositionOf(memory, 2027).State);
    }

    [Fact]
    public async Task What_lapsed_with_the_year_asks_again_in_the_next()
    {
        var memory = await ApprovedAsync();
        await new YearEnd(memory.Books, memory.Funds).ReleaseAsync(Fund, Actor.Engine, Cancel);
        await memory.News.TendAsync(Cancel);

        await memory.TurnAsync();

        Assert.Equal(PositionState.Waiting, PositionOf(memory, 2027).State);
        Assert.Equal(EntitlementState.Waiting, memory.Application.Entitlement!.State);
    }

    [Fact]
    public async Task What_comes_back_to_closed_books_is_carried_over_and_paid_out_of_the_next_years()
    {
        var memory = await ApprovedAsync();
        await RunAsync(memory, "run-1");
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, null)]), Cancel);
        await memory.News.TendAsync(Cancel);
        Assert.Null((await memory.Funds.HandleAsync(Fund, new CloseYear(Actor.Engine), Cancel)).Refusal);
        await memory.Funds.HandleAsync(Fund, new Answer("run-1", [new BankAnswer(Entitlement, 1, "MS03")]), Cancel);
        await memory.News.TendAsync(Cancel);

        await memory.TurnAsync();
        await memory.News.TendAsync(Cancel);

        Assert.Equal(PositionState.CarriedOver, PositionOf(memory).State);
        Assert.Equal((PositionState.Reserved, 2), (PositionOf(memory, 2027).State, PositionOf(memory, 2027).Attempt));
        Assert.Equal((2027, EntitlementState.Reserved), (memory.Application.Entitlement!.Year, memory.Application.Entitlement.State));
    }
}
