using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;

namespace Subsidy.Benchmarks;

/// <summary>Applications that are owed a hundred yuan each, and the money for them set aside: what a pay run begins with.</summary>
internal sealed class Granting(Township township)
{
    private const int AtOnce = 16;

    /// <summary>Entry, position and due row for each, in a transaction of a hundred rows with the head.</summary>
    private const int ReservedAtOnce = 33;

    private static readonly Money Each = Money.FromYuan(100);

    private Scheme Scheme => township.Office.Transport;

    public async Task GrantAsync(int count, CancellationToken cancel)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (n, stop) => await ApplyAsync(n, stop));
        await township.Get<FundDesk>().HandleAsync(
            township.Fund, new Appropriate(Actor.Staff("wen-ruijie"), "opening", Money.FromYuan(100L * count), "1"), cancel);
        foreach (var some in Enumerable.Range(0, count).Chunk(ReservedAtOnce))
            await ReserveAsync(some, cancel);
    }

    private static string Application(int n) => string.Create(CultureInfo.InvariantCulture, $"k7qm3wx{n:D5}");

    private static string Entitlement(int n) => $"{Application(n)}-once";

    private async Task ApplyAsync(int n, CancellationToken cancel)
    {
        var form = new Form(
            new Applicant(ApplicantKind.Person, $"张三{n}", "369900197903125017", "13800000000", null), [],
            new Payee($"张三{n}", string.Create(CultureInfo.InvariantCulture, $"62220200000{n:D8}"), "青溪农商银行"), []);
        List<Event> events =
        [
            new Submitted(
                Scheme.Pin, "dongshan", "zh", null, form, [], [new PersonKey(string.Create(CultureInfo.InvariantCulture, $"person-{n}"))], [],
                new Dictionary<string, bool>()),
            new EntitlementGranted(Scheme.Route.OfType<PayStep>().Single().Key, Entitlement(n), "once", township.Fund.Code, Each),
        ];
        var recorded = events.Select((e, i) => new Recorded(i + 1, township.Time.GetUtcNow(), Actor.Engine, e)).ToList();
        _ = await township.Get<IStreams>().AppendAsync(null, Evolver.Fold(Application(n), recorded), recorded, null, cancel)
            ?? throw new InvalidOperationException($"{Application(n)} is there already.");
    }

    /// <summary>What <see cref="FundDesk"/> does for one at a time, decided by the same rules, for as many as a transaction takes.</summary>
    private async Task ReserveAsync(int[] some, CancellationToken cancel)
    {
        var books = township.Get<IFundBooks>();
        var sheet = await books.LoadAsync(township.Fund, [], null, cancel);
        var all = new FundDecided(sheet.View.Fund, [], [], [], null);
        foreach (var n in some)
        {
            var order = new Reserve(Entitlement(n), Scheme.Id, "dongshan", Each, new DateOnly(2026, 3, 1), Grant: 2);
            var one = FundDecider.Decide(new FundView(all.Fund, [], EntryExists: false), order, township.Time.GetUtcNow());
            if (one.Refusal is { } refusal)
                throw new InvalidOperationException(refusal.Faults[0].Message.En);
            all = new FundDecided(one.Fund, [.. all.Entries, .. one.Entries], [.. all.Positions, .. one.Positions], [], null);
        }
        _ = await books.AppendAsync(sheet, all, null, cancel) ?? throw new InvalidOperationException("Somebody else writes to the books.");
    }
}
