using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Storage.Tests.Crashes;
using Subsidy.Storage.Tests.Streams;

namespace Subsidy.Storage.Tests.Indexes;

/// <summary>One application that is paid again and again: events are appended, and a turn does what they ask of the indexes.</summary>
internal sealed class PaidLife(Store store, string id)
{
    public static readonly FundKey Fund = new("relief", 2026);

    private readonly Office office = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By somebody who wants no mail.</summary>
    public static Submitted Submission
    {
        get
        {
            var submission = (Submitted)Samples.Submission().Event;
            return submission with { Form = submission.Form! with { Applicant = submission.Form.Applicant with { Email = null } } };
        }
    }

    public static async Task<PaidLife> BeginAsync(Store store, string id, Submitted? submission = null)
    {
        var life = new PaidLife(store, id);
        await life.AddAsync(Samples.At, submission ?? Submission);
        return life;
    }

    /// <summary>What becomes of a period that is granted and paid.</summary>
    public static Event[] Month(string id, string period, string? run = "run-1") =>
    [
        new EntitlementGranted("pay", $"{id}-{period}", period, Fund.Code, new Money(60_000)), new FundsReserved($"{id}-{period}", Fund, 1),
        .. run is null ? (Event[])[] : [new PaymentOrdered($"{id}-{period}", run, 1, 2)],
        new Paid($"{id}-{period}", new Money(60_000), run, 1, 3),
    ];

    public async Task<Application> NowAsync() => (await store.Get<IStreams>().LoadAsync(id, Cancel))!.Application;

    /// <summary>A month of its own for each, unless a day is named.</summary>
    public Task PayAsync(string period, DateTimeOffset? at = null, string? run = "run-1") =>
        AddAsync(at ?? DateTimeOffset.Parse($"{period}-05T09:00:00+08:00", CultureInfo.InvariantCulture), Month(id, period, run));

    public async Task ReturnAsync(string period, DateTimeOffset at)
    {
        var grant = 0;
        await foreach (var stored in store.Get<IStreams>().ReadAsync(id, Cancel))
            grant = stored.Recorded.Event is EntitlementGranted granted && granted.Period == period ? stored.Recorded.Number : grant;
        await AddAsync(at, new PaymentReturned($"{id}-{period}", Fund, new Money(60_000), "run-1", 1, "AC04", grant, 4, null));
    }

    public async Task AddAsync(DateTimeOffset at, params Event[] events)
    {
        await AppendAsync(at, events);
        await TurnAsync();
    }

    /// <summary>Without a turn. Claims and the books are not what is looked at here.</summary>
    public async Task AppendAsync(DateTimeOffset at, params Event[] events)
    {
        var streams = store.Get<IStreams>();
        var before = await streams.LoadAsync(id, Cancel);
        var after = before?.Application;
        var recorded = new List<Recorded>();
        foreach (var e in events)
        {
            recorded.Add(new Recorded((after?.Version ?? 0) + 1, at, Actor.Engine, e));
            after = Evolver.Evolve(id, after, recorded[^1]);
        }
        after = after! with { Duties = [.. after.Duties.Where(duty => duty is not (TakeClaims or ReserveFunds or ReleaseFunds or RetryPayment))] };
        Assert.NotNull(await streams.AppendAsync(before, after, recorded, null, Cancel));
    }

    public Task<Turn?> TurnAsync() => new Turns(
        store.Get<IStreams>(), new Desk(store.Get<IStreams>(), office, office, office, office, store.Time), store.Get<IClaims>(), store.Get<IIndexes>(), office,
        store.Get<IPermitNumbers>(), store.Get<IPapers>(), new MoneyDuties(store.Get<FundDesk>(), store.Get<YearEnd>()), store.Time).TakeAsync(id, Cancel);
}
