using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Streams;
using Subsidy.Storage.Tests.Streams;

namespace Subsidy.Storage.Tests.Indexes;

/// <summary>Which payments a person's number leads to.</summary>
public sealed class HouseholdPaymentsTests(AzuriteFixture azurite)
{
    private static readonly PersonKey Zhang = new("key-of-zhang");
    private static readonly PersonKey Li = new("key-of-li");
    private static readonly FundKey Fund = new("relief", 2026);

    /// <summary>In Beijing it is the first second of 2027.</summary>
    private static readonly DateTimeOffset NewYear = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_found_as_applicant_and_as_one_of_a_household_with_what_was_paid_in_that_year_of_beijing()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang, Li], Paid("2026-11", NewYear.AddDays(-30)), Paid("2026-12", NewYear.AddTicks(-1)), Paid("2027-01", NewYear));
        await KeepAsync(store, "bbbbbbbbbbbb", [Li, Zhang], Paid("once", NewYear.AddDays(-60)));
        await KeepAsync(store, "cccccccccccc", [Li], Paid("once", NewYear.AddDays(-60)));

        var found = await store.Get<HouseholdPayments>().OfAsync(Zhang, 2026, Cancel);
        Assert.Equal(
            [("bbbbbbbbbbbb", false, "once"), ("aaaaaaaaaaaa", true, "2026-11 2026-12")],
            found.Select(one => (one.Application.Id, one.Applies, string.Join(' ', one.Payments.Select(payment => payment.Period)))));
        Assert.All(found, one => Assert.Equal("张三丰", one.Form?.Applicant.Name));
        Assert.All(found.SelectMany(one => one.Payments), payment => Assert.Equal(("****0000", new Money(60_000)), (payment.Account, payment.Amount)));
        Assert.Equal("2027-01", Assert.Single(Assert.Single(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2027, Cancel)).Payments).Period);
        Assert.Empty(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2025, Cancel));
        Assert.Empty(await store.Get<HouseholdPayments>().OfAsync(new PersonKey("key-of-zhan"), 2026, Cancel));
    }

    [Fact]
    public async Task What_failed_or_came_back_or_was_never_granted_was_not_paid()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang]);
        await KeepAsync(store, "bbbbbbbbbbbb", [Zhang], Paid("once", Samples.At), (Samples.At, [Returned("bbbbbbbbbbbb")]));

        Assert.Empty(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2026, Cancel));
    }

    [Fact]
    public async Task Periods_that_the_head_has_long_forgotten_are_found_in_the_stream()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang], [.. Enumerable.Range(1, 9).Select(month => Paid($"2026-0{month}", NewYear.AddMonths(month - 12)))]);
        Assert.NotEqual(9, (await store.Get<IStreams>().LoadAsync("aaaaaaaaaaaa", Cancel))!.Application.Entitlements.Count);

        Assert.Equal(9, Assert.Single(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2026, Cancel)).Payments.Count);
    }

    [Fact]
    public async Task Whom_a_corrected_form_no_longer_names_is_not_shown_it_even_by_a_row_that_was_left_standing()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang, Li], (Samples.At, [new Amended(Samples.Form(), [], [Zhang], [], null)]), Paid("once", Samples.At));
        await store.Settings.Table("indexes").AddEntityAsync(
            new TableEntity(IndexRow.Partition, $"person|{Li}|aaaaaaaaaaaa") { [IndexRow.Application] = "aaaaaaaaaaaa" }, Cancel);

        Assert.Single(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2026, Cancel));
        Assert.Empty(await store.Get<HouseholdPayments>().OfAsync(Li, 2026, Cancel));
    }

    [Fact]
    public async Task A_household_too_large_for_one_transaction_is_found_by_each_of_its_people()
    {
        await using var store = await Store.OpenAsync(azurite);
        PersonKey[] people = [.. Enumerable.Range(0, 120).Select(n => new PersonKey($"key-{n:000}"))];
        await KeepAsync(store, "aaaaaaaaaaaa", people, Paid("once", Samples.At));

        foreach (var person in (PersonKey[])[people[0], people[99], people[119]])
            Assert.Single(await store.Get<HouseholdPayments>().OfAsync(person, 2026, Cancel));
    }

    [Fact]
    public async Task A_rebuild_makes_the_way_from_people_to_their_payments_again()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang, Li], Paid("once", Samples.At));
        foreach (var person in (PersonKey[])[Zhang, Li])
            await store.Settings.Table("indexes").DeleteEntityAsync(IndexRow.Partition, $"person|{person}|aaaaaaaaaaaa", cancellationToken: Cancel);
        Assert.Empty(await store.Get<HouseholdPayments>().OfAsync(Li, 2026, Cancel));

        await store.Get<IndexRebuild>().RunAsync(Cancel);

        Assert.Single(await store.Get<HouseholdPayments>().OfAsync(Li, 2026, Cancel));
    }

    [Fact]
    public async Task Of_who_is_erased_nothing_is_shown()
    {
        await using var store = await Store.OpenAsync(azurite);
        await KeepAsync(store, "aaaaaaaaaaaa", [Zhang], Paid("once", Samples.At));
        await KeepAsync(store, "bbbbbbbbbbbb", [Zhang], Paid("once", Samples.At));

        await store.Get<ApplicationKeys>().DestroyAsync("aaaaaaaaaaaa", Cancel);

        Assert.Equal("bbbbbbbbbbbb", Assert.Single(await store.Get<HouseholdPayments>().OfAsync(Zhang, 2026, Cancel)).Application.Id);
    }

    private static (DateTimeOffset At, Event[] Events) Paid(string period, DateTimeOffset at) => (at,
    [
        new EntitlementGranted("pay", period, period, Fund.Code, new Money(60_000)), new FundsReserved(period, Fund, 1),
        new PaymentOrdered(period, "run-1", 1, 2), new Paid(period, new Money(60_000), "run-1", 1, 3),
    ]);

    private static PaymentReturned Returned(string id) => new($"{id}-once", Fund, new Money(60_000), "run-1", 1, "AC04", 2, 4, null);

    /// <summary>As its turns would have kept it: the stream, the head and the rows.</summary>
    private static async Task KeepAsync(Store store, string id, IReadOnlyList<PersonKey> persons, params (DateTimeOffset At, Event[] Events)[] then)
    {
        var submission = (Submitted)Samples.Submission().Event with { Persons = persons };
        var stream = new List<Recorded> { new(1, Samples.At, Actor.Applicant, submission) };
        foreach (var (at, events) in then)
            stream.AddRange(events.Select((e, i) => new Recorded(stream.Count + 1 + i, at, Actor.Engine, Of(id, e))).ToList());
        var application = Evolver.Fold(id, stream) with { Duties = [] };
        var stands = await store.Get<IIndexes>().UpdateAsync(application, Cancel);
        Assert.NotNull(await store.Get<IStreams>().AppendAsync(null, application with { Indexed = stands }, stream, null, Cancel));
    }

    private static Event Of(string id, Event e) => e switch
    {
        EntitlementGranted granted => granted with { Entitlement = $"{id}-{granted.Period}" },
        FundsReserved reserved => reserved with { Entitlement = $"{id}-{reserved.Entitlement}" },
        PaymentOrdered ordered => ordered with { Entitlement = $"{id}-{ordered.Entitlement}" },
        Paid paid => paid with { Entitlement = $"{id}-{paid.Entitlement}" },
        _ => e,
    };
}
