using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Tests.Funds;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Payments;

/// <summary>
/// A finance office in memory: sixty people who are owed something, and workers who open runs, carry them on, approve them, give them up,
/// hold payments, withdraw, answer for the bank, ask money back, end disputes and try again, all at once and without looking at one another.
/// </summary>
internal sealed class PayWorld : IStreams, ISchemes, ITownship, IFundRegister, IRegisters, INudges, IApproverMailer, IDisposable
{
    private const int People = 60;
    private const int MostRuns = 6;
    private static readonly FundKey Fund = new("relief", 2026);
    private static readonly Debtor Treasury = new("样例镇财政所", "36990001", new FinancialInstitution("样例银行"));

    private readonly Scheme scheme = SampleSchemes.Of();
    private readonly ConcurrentDictionary<string, Application> applications = [];
    private readonly ConcurrentDictionary<int, byte[]> said = [];
    private readonly MemoryBooks memory = new();
    private readonly TurnstileBooks books;
    private readonly MemoryPayRuns runBooks;
    private readonly MemoryDesk beside;
    private readonly FundDesk funds;
    private readonly PayRunDesk desk;
    private readonly FundNewsDelivery news;
    private readonly BankAnswers answers;
    private readonly DisputeDesk disputes;
    private int minutes;
    private int forms;

    public PayWorld(int seed)
    {
        Turn = new Turnstile(new Random(seed));
        books = new TurnstileBooks(memory, Turn);
        runBooks = new MemoryPayRuns(Turn);
        beside = new MemoryDesk(Turn);
        funds = new FundDesk(books, Time);
        desk = new PayRunDesk(runBooks, this, this, beside, Time);
        news = new FundNewsDelivery(books, funds, new Desk(this, this, this, this, this, Time));
        answers = new BankAnswers(runBooks, beside, beside, beside, desk, this, Time);
        disputes = new DisputeDesk(runBooks, books, funds, desk, this, Time);
    }

    public Turnstile Turn { get; }
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    public IReadOnlyList<FundSource> Funds => [new(Fund.Code, new Text("临时救助", "Relief"), Treasury, []) { Remind = new Term(2, TermUnit.WorkingDays) }];
    public TownshipRegister Register => SampleTownship.Register;
    public WorkingCalendar Calendar { get; } = WorkingCalendar.From([]);
    public IReadOnlyList<Scheme> Current => [scheme];
    public HashSet<Type> Happened { get; } = [];

    /// <summary>How many commitments of workers that came too late were taken back.</summary>
    public int Undone { get; private set; }

    /// <summary>Every time another: the workers are processes of their own, and nothing but storage stands between them.</summary>
    private PayRuns Runs => new(runBooks, books, this, this, this, beside, beside, beside, beside, beside, funds, this, news, this, desk);

    public void Dispose() => Turn.Dispose();

    public async Task BeginAsync()
    {
        await funds.HandleAsync(Fund, new Appropriate(Actor.Engine, "opening", Money.FromYuan(1_000_000), "1"), default);
        for (var n = 0; n < People; n++)
        {
            var recorded = Granted(n).Select((e, i) => new Recorded(i + 1, Time.GetUtcNow(), Actor.Engine, e)).ToList();
            applications[Id(n)] = Evolver.Fold(Id(n), recorded);
            await funds.HandleAsync(
                Fund, new Reserve(Entitlement(n), scheme.Id, SampleTownship.Village, Money.FromYuan(100 + n), new DateOnly(2026, 3, 1), 2), default);
        }
    }

    /// <summary>One of the workers does so many things; whatever breaks, they go on with the next.</summary>
    public async Task MoveAsync(int moves)
    {
        for (var i = 0; i < moves; i++)
        {
            try
            {
                await MoveAsync();
            }
            catch (Exception e) when (IsLost(e))
            {
                // The process died there; another begins.
            }
        }
    }

    /// <summary>Everybody does their work, and nothing breaks.</summary>
    public async Task FinishAsync()
    {
        Turn.BreaksOneIn = 0;
        for (var n = 0; n < People; n++)
            await beside.LiftAsync(new HoldTarget(HoldKind.Application, Id(n)), new HoldEnd("approves1", "", Time.GetUtcNow()), default);
        foreach (var id in await runBooks.AllAsync(Fund, default))
            if ((await desk.FindAsync(id, default))?.Proposed is { } proposed)
                await desk.HandleAsync(id, new DeclineAnswer("approves1", proposed.Sha256, "nobody knows it"), default);
        for (var round = 0; round < 4; round++)
        {
            // An application's order to give up its money is repeated until the books can follow it.
            foreach (var n in Enumerable.Range(0, People).Where(n => applications[Id(n)].Entitlements.All(one => !one.Owed)))
                await WithdrawAsync(n);
            await RetryAsync();
            await OpenAsync(again: false);
            await Runs.TendAsync(default);
            foreach (var id in await runBooks.AllAsync(Fund, default))
            {
                await ApproveAsync(id);
                await Runs.RunToEndAsync(id, 1, default);
                if (await desk.FindAsync(id, default) is { State: PayRunState.Sent } run)
                    await SayAsync(run, line => new TransactionStatus(line.EndToEndId, new ReportedStatus("ACSC")));
                await Runs.RunToEndAsync(id, 1, default);
                await EndDisputesAsync(id, () => DisputeEnding.Close);
            }
        }
        await Runs.TendAsync(default);
    }

    public async Task CheckAsync()
    {
        var year = memory.Of(Fund);
        Assert.Equal([], LedgerCheck.Run(Fund, year.Entries, year.Fund, year.Positions.Values).Select(fault => $"{fault.Number} {fault.What.En}"));
        foreach (var (id, position) in year.Positions)
        {
            var wanted = applications[position.Application].Entitlements.Any(one => one.Owed);
            Assert.True(position.State is PositionState.Paid || (!wanted && position.State is PositionState.Released), $"{id} is {position.State} in {position.Run}.");
            var times = year.Entries.Count(entry => entry.Subject == id && entry.Kind is EntryKind.Settled)
                - year.Entries.Count(entry => entry.Subject == id && entry.Kind is EntryKind.Returned);
            Assert.Equal(position.State is PositionState.Paid ? 1 : 0, times);
        }
        var sent = new HashSet<string>();
        foreach (var id in await runBooks.AllAsync(Fund, default))
            await CheckAsync(id, year, sent);
    }

    /// <summary>The file orders what the books have committed, no more and no less, and can be made again; and the events tell it all.</summary>
    private async Task CheckAsync(PayRunId id, MemoryBooks.Year year, HashSet<string> sent)
    {
        var sheet = (await runBooks.LoadAsync(id, default))!;
        var events = await runBooks.ReadAsync(id, default).Select(stored => stored.Recorded).ToListAsync();
        Happened.UnionWith(events.Select(recorded => recorded.Event.GetType()));
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(recorded => recorded.Number));
        Assert.Equivalent(PayRunFold.Fold(id, events), sheet.Run);
        Assert.True(sheet.Run.Final, $"{id} is {sheet.Run.State}.");
        // What a worker committed who came too late was never ordered, and is taken back.
        var undone = year.Entries.Where(entry => entry is { Kind: EntryKind.Failed, Note: "DS02" } && entry.Run == id.ToString()).Select(entry => entry.Subject).ToList();
        Undone += undone.Count;
        var committed = year.Entries.Where(entry => entry.Kind is EntryKind.Committed && entry.Run == id.ToString()).Select(entry => entry.Subject).ToList();
        foreach (var subject in undone)
            committed.Remove(subject);
        if (sheet.Run.File is not { } file)
        {
            Assert.Empty(committed);
            return;
        }
        var lines = (await runBooks.ChunksAsync(sheet, default).ToListAsync()).SelectMany(chunk => chunk.Included).ToList();
        Assert.Equal(committed.Order(), lines.Select(line => line.Entitlement).Order());
        var bytes = beside.Files[BankFileNames.Of(id, BankFileKind.PaymentOrder)];
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(bytes, await new PayRunFiles(runBooks, beside, desk).RebuildAsync(id, BankFileKind.PaymentOrder, default));
        var read = await PaymentOrderReader.ReadAsync(new MemoryStream(bytes));
        Assert.Equal((lines.Count, lines.Sum(line => line.Amount.Fen)), (read.Order!.Count, read.Order.ControlSum.Fen));
        Assert.Equal(lines.Select(line => line.EndToEndId), read.Transfers.Select(transfer => transfer.EndToEndId));
        Assert.All(lines, line => Assert.True(sent.Add(line.EndToEndId), $"{line.EndToEndId} went to the bank twice."));
        Assert.Equal(sheet.Run.Prepared!.Included.Count, lines.Count + events.Select(e => e.Event).OfType<LinesDropped>().Sum(e => e.Lines.Count));
    }

    private async Task MoveAsync()
    {
        var all = await runBooks.AllAsync(Fund, default);
        var who = Turn.Next(People);
        switch (Turn.Next(27))
        {
            case 0 or 1 when all.Count < MostRuns:
                await OpenAsync(again: Turn.Next(3) == 0);
                break;
            case < 10 when all.Count > 0:
                await StepAsync(all[Turn.Next(all.Count)]);
                break;
            case < 13 when all.Count > 0:
                await ApproveAsync(all[Turn.Next(all.Count)]);
                break;
            case 13 when all.Count > 0 && Turn.Next(3) == 0:
                await desk.HandleAsync(all[Turn.Next(all.Count)], new DiscardRun("prepares1", "wrong day"), default);
                break;
            case 14:
                await beside.PlaceAsync(new Hold(new HoldTarget(HoldKind.Application, Id(who)), "?", "approves1", Time.GetUtcNow(), null), default);
                break;
            case 15:
                await beside.LiftAsync(new HoldTarget(HoldKind.Application, Id(who)), new HoldEnd("approves1", "", Time.GetUtcNow()), default);
                break;
            case 16 when Turn.Next(3) == 0:
                await WithdrawAsync(who);
                break;
            case 17:
                applications[Id(who)] = applications[Id(who)] with { Payee = new Payee($"人{who}", $"{80000000 + who + (1000 * Turn.Next(5))}", "新银行") };
                break;
            case < 21 when all.Count > 0 && await desk.FindAsync(all[Turn.Next(all.Count)], default) is { Ordered: not null, State: PayRunState.Sent or PayRunState.Closed } run:
                await SayAsync(run, Anything);
                break;
            case 21 when !said.IsEmpty:
                await HandInAsync(said[Turn.Next(said.Count)], surely: false);
                break;
            case 22:
                await RetryAsync();
                break;
            case 23 when all.Count > 0 && await desk.FindAsync(all[Turn.Next(all.Count)], default) is { Asking: { } asking } asked:
                await desk.HandleAsync(asked.Id, new RecordReturnedMail(asking.MailTo(asked.Id, "approves1"), "bounce"), default);
                break;
            case 24:
                await ClaimBackAsync(who);
                break;
            case 25 when all.Count > 0:
                await EndDisputesAsync(all[Turn.Next(all.Count)], () => (DisputeEnding)Turn.Next(2));
                break;
            default:
                await Runs.TendAsync(default);
                break;
        }
    }

    /// <param name="again">The form before is sent once more.</param>
    private Task<PayRunAnswer> OpenAsync(bool again) => desk.OpenAsync(
        "prepares1", Fund, new DateOnly(2026, 3, 31), $"form{(again ? Volatile.Read(ref forms) : Interlocked.Increment(ref forms))}", default);

    private async Task StepAsync(PayRunId id)
    {
        if (await Runs.PlanAsync(id, default) is not { } work)
            return;
        foreach (var chunk in work.Chunks)
        {
            await Runs.DoChunkAsync(id, work.Phase, chunk, default);
            if (Turn.Next(3) == 0)
                await Runs.DoChunkAsync(id, work.Phase, chunk, default);
        }
        await Runs.FinishAsync(id, work.Phase, default);
    }

    private async Task ApproveAsync(PayRunId id)
    {
        if (await desk.FindAsync(id, default) is { State: PayRunState.Prepared, Prepared: { } prepared })
            await desk.HandleAsync(id, prepared.Included.Count == 0 ? new DiscardRun("approves1", "empty") : new ApproveRun("approves1", prepared.Digest), default);
    }

    private async Task WithdrawAsync(int who)
    {
        applications[Id(who)] = applications[Id(who)] with
        {
            Entitlements = [.. applications[Id(who)].Entitlements.Select(one => one with { State = EntitlementState.Cancelled })],
        };
        await funds.HandleAsync(
            Fund, new Release(Entitlement(who), scheme.Id, SampleTownship.Village, Money.FromYuan(100 + who), new DateOnly(2026, 3, 1), 2), default);
    }

    /// <summary>The bank answers: what it says may be old, contradict what it said before, or come twice.</summary>
    private async Task SayAsync(PayRun run, Func<PayLine, TransactionStatus?> word)
    {
        var sheet = (await runBooks.LoadAsync(run.Id, default))!;
        var lines = (await runBooks.ChunksAsync(sheet, default).ToListAsync()).SelectMany(chunk => chunk.Included);
        var number = Interlocked.Increment(ref minutes);
        var report = new PaymentStatusReport(
            $"answer{number}", Time.GetUtcNow().AddMinutes(number), run.Id.ToString(), null,
            [.. lines.Where(line => line.Outcome is LineOutcome.Pending || word == Anything).Select(word).OfType<TransactionStatus>()], run.Ordered!.Total.Count, run.Ordered.Total.Sum);
        if (report.Transactions.Count == 0)
            return;
        using var bytes = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, bytes);
        said[said.Count] = bytes.ToArray();
        await HandInAsync(bytes.ToArray(), surely: word != Anything);
    }

    /// <summary>Uploaded by one; confirmed by another, now or when something else is handed in, or declined.</summary>
    private async Task HandInAsync(byte[] answer, bool surely)
    {
        var receipt = await answers.UploadAsync(new MemoryStream(answer), "prepares1", default);
        if (receipt.Run is not { } id || (await desk.FindAsync(id, default))?.Proposed is not { } proposed)
            return;
        if (!surely && Turn.Next(12) == 0)
            await desk.HandleAsync(id, new DeclineAnswer("approves1", proposed.Sha256, "?"), default);
        else if (surely || Turn.Next(4) > 0)
            await answers.ConfirmAsync(id, proposed.Sha256, "approves1", default);
    }

    private TransactionStatus? Anything(PayLine line) => (line.Outcome, Turn.Next(12)) switch
    {
        (LineOutcome.Pending, < 5) => new(line.EndToEndId, new ReportedStatus("ACSC")),
        (LineOutcome.Pending, 5) => new(line.EndToEndId, new ReportedStatus("RJCT", [new StatusReason("AC04")])),
        (LineOutcome.Pending, 6) => new(line.EndToEndId, new ReportedStatus("PDNG")),
        (LineOutcome.Settled, 0) => new(line.EndToEndId, new ReportedStatus("RJCT", [new StatusReason("AC06")])),
        _ => null,
    };

    /// <summary>Part of what was paid is asked back and some of that repaid: the books no longer take it that the bank returns the whole.</summary>
    private async Task ClaimBackAsync(int who)
    {
        var (claimed, recovery) = (Entitlement(who), $"{Entitlement(who)}-r");
        await funds.HandleAsync(Fund, new RaiseClaim(Actor.Staff("prepares1"), recovery, claimed, Money.FromYuan(50)), default);
        await funds.HandleAsync(Fund, new SettleClaim(Actor.Staff("prepares1"), "1", recovery, claimed, Money.FromYuan(20), ClaimEnd.Repaid, "voucher 1"), default);
    }

    private async Task EndDisputesAsync(PayRunId id, Func<DisputeEnding> ending)
    {
        if (await runBooks.LoadAsync(id, default) is not { } sheet)
            return;
        foreach (var chunk in await runBooks.ChunksAsync(sheet, default).ToListAsync())
            foreach (var line in chunk.Included.Where(line => line.Outcome is LineOutcome.Disputed))
                await disputes.EndAsync(id, chunk.Number, line.EndToEndId, "approves1", ending(), "asked the bank", default);
    }

    private async Task RetryAsync()
    {
        foreach (var failed in memory.Of(Fund).Positions.Values.Where(position => position.State is PositionState.Failed).ToList())
            await funds.HandleAsync(Fund, new Retry(failed.Entitlement, failed.Attempt), default);
    }

    private static bool IsLost(Exception e) =>
        e is LostRequestException or BusyException || e.InnerException is { } inner && IsLost(inner) || e is AggregateException many && many.InnerExceptions.All(IsLost);

    private Event[] Granted(int n) =>
    [
        new Submitted(
            scheme.Pin, SampleTownship.Village, "zh", null,
            new Form(new Applicant(ApplicantKind.Person, $"人{n}", "369900197903125017", "13800000000", null), [], new Payee($"人{n}", $"{70000000 + n}", "样例银行"), []),
            [], [new PersonKey($"p{n}")], [], new Dictionary<string, bool>()),
        new EntitlementGranted("pay", Entitlement(n), "once", Fund.Code, Money.FromYuan(100 + n)),
    ];

    private static string Id(int n) => $"k7qm3wxtpb{n:D2}";

    private static string Entitlement(int n) => $"{Id(n)}-once";

    public Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel) =>
        Turn.PassAsync(() => Turn.Next(4) == 0 ? throw new MailException("unavailable") : Task.FromResult<string?>("taken"));

    private sealed record Stored(Application Application) : Head(Application, null, null);

    public Task<Head?> LoadAsync(string id, CancellationToken cancel) => Turn.PassAsync(() => Task.FromResult<Head?>(new Stored(applications[id])));

    public IAsyncEnumerable<StoredEvent> ReadAsync(string id, CancellationToken cancel) => AsyncEnumerable.Empty<StoredEvent>();

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => new(scheme);

    public Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel) => Task.CompletedTask;
}
