using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Tests.Crashes;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>A township's finance office on real storage: applications that are owed something, their fund, and pay runs.</summary>
internal sealed class PayOffice : IFundRegister, IApproverMailer, IFundBell, IAsyncDisposable
{
    public const string Preparer = "qian-duoduo";
    public const string Approver = "bao-qingtian";

    private readonly Office office = new();
    private FundKey fund;
    private int forms;
    private int rung;

    private PayOffice(FundKey fund) => this.fund = fund;

    public Store Store { get; private set; } = null!;

    /// <summary>Ids of the mails to approvers that went out, as often as they did.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>What happens when a mail is sent; null: the provider takes it.</summary>
    public Func<Task>? Mailing { get; set; }

    public CapturedAlarms Log { get; } = new();

    /// <summary>How often somebody was called to tell news and to serve the queue.</summary>
    public int Rung => rung;

    public FundKey Fund => fund;
    public TownshipRegister Register { get => office.Register; set => office.Register = value; }
    public PayRuns Runs => Store.Get<PayRuns>();
    public PayRunDesk Desk => Store.Get<PayRunDesk>();
    public BankAnswers Answers => Store.Get<BankAnswers>();
    public IPayRunBooks Books => Store.Get<IPayRunBooks>();

    public IReadOnlyList<FundSource> Funds =>
        [new(fund.Code, new Text("资金", "Fund"), new Debtor("青溪镇财政所", "36990001010000000018", new FinancialInstitution("青溪农村商业银行营业部", "402369900018")), []) { Remind = new Term(2, TermUnit.WorkingDays) }];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PayOffice> OpenAsync(AzuriteFixture azurite, string code = "rural-revitalisation")
    {
        var opened = new PayOffice(new FundKey(code, 2026));
        opened.Store = await Store.OpenAsync(azurite, add: services =>
        {
            services.AddSingleton<ISchemes>(opened.office);
            services.AddSingleton<ITownship>(opened.office);
            services.AddSingleton<IRegisters>(opened.office);
            services.AddSingleton<INudges>(opened.office);
            services.AddSingleton<IFundRegister>(opened);
            services.AddSingleton<IApproverMailer>(opened);
            services.AddSingleton<IFundBell>(opened);
            services.AddSingleton<ILoggerProvider>(opened.Log);
            services.AddSingleton<Desk>();
            services.AddSingleton<FundNewsDelivery>();
            services.AddSingleton<PayRuns>();
        });
        return opened;
    }

    /// <summary>So many payments of a hundred yuan are owed, and the money for them set aside.</summary>
    public static async Task<PayOffice> OwingAsync(AzuriteFixture azurite, int payments)
    {
        var opened = await OpenAsync(azurite);
        await opened.AppropriateAsync(1000);
        for (var n = 1; n <= payments; n++)
            await opened.OweAsync(n);
        return opened;
    }

    /// <summary>Three payments are with the bank.</summary>
    public static async Task<PayOffice> SentAsync(AzuriteFixture azurite)
    {
        var opened = await OwingAsync(azurite, 3);
        Assert.Equal(PayRunState.Sent, (await opened.SendAsync()).State);
        return opened;
    }

    /// <summary>From now on, another fund.</summary>
    public void Turn(string code) => fund = new FundKey(code, 2026);

    public void Ring(FundKey key) => Interlocked.Increment(ref rung);

    public static string Application(int number) => string.Create(CultureInfo.InvariantCulture, $"k7qm3wx{number:D5}");

    public static string Entitlement(int number) => $"{Application(number)}-once";

    public static PersonKey Person(int number) => new(string.Create(CultureInfo.InvariantCulture, $"person-{number}"));

    /// <summary>An application that is owed this much, and the money set aside.</summary>
    public async Task OweAsync(int number, long yuan = 100, string? account = null, PersonKey? person = null)
    {
        var pay = office.Transport.Route.OfType<PayStep>().Single();
        var form = new Form(
            new Applicant(ApplicantKind.Person, $"张三{number}", "369900197903125017", "13800000000", null), [],
            new Payee($"张三{number}", account ?? string.Create(CultureInfo.InvariantCulture, $"62220200000{number:D8}"), "青溪农商银行"), []);
        List<Event> events =
        [
            new Submitted(office.Transport.Pin, "dongshan", "zh", null, form, [], [person ?? Person(number)], [], new Dictionary<string, bool>()),
            new EntitlementGranted(pay.Key, Entitlement(number), "once", fund.Code, Money.FromYuan(yuan)),
        ];
        var recorded = events.Select((e, i) => new Recorded(i + 1, Store.Time.GetUtcNow(), Actor.Engine, e)).ToList();
        var application = Evolver.Fold(Application(number), recorded);
        Assert.NotNull(await Store.Get<IStreams>().AppendAsync(null, application, recorded, null, Cancel));
        await BooksAsync(new Reserve(Entitlement(number), office.Transport.Id, "dongshan", Money.FromYuan(yuan), new DateOnly(2026, 3, 1), Grant: 2));
    }

    public Task<FundAnswer> AppropriateAsync(long yuan) => BooksAsync(new Appropriate(Actor.Staff("wen-ruijie"), "opening", Money.FromYuan(yuan), "1"));

    public async Task<FundAnswer> BooksAsync(FundCommand command)
    {
        var answer = await Store.Get<FundDesk>().HandleAsync(fund, command, Cancel);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
        return answer;
    }

    public async Task<Position> PositionAsync(int number) =>
        (await Store.Get<IFundBooks>().LoadAsync(fund, [Entitlement(number)], null, Cancel)).View.Positions.Single();

    public async Task<Application> ApplicationAsync(int number) => (await Store.Get<IStreams>().LoadAsync(Application(number), Cancel))!.Application;

    public async Task<PayRun> OpenRunAsync(int atOnce = 4, string? key = null)
    {
        var opened = await Desk.OpenAsync(Preparer, fund, new DateOnly(2026, 3, 31), key ?? $"form{Interlocked.Increment(ref forms)}", Cancel);
        Assert.True(opened.Refusal is null, opened.Refusal?.Faults[0].Message.En);
        return (await Runs.RunToEndAsync(opened.Run!.Id, atOnce, Cancel))!;
    }

    public async Task<PayRun> ApproveAsync(PayRunId id, int atOnce = 4)
    {
        var run = (await Desk.FindAsync(id, Cancel))!;
        if (run.State is PayRunState.Prepared)
        {
            var approved = await Desk.HandleAsync(id, new ApproveRun(Approver, run.Prepared!.Digest), Cancel);
            Assert.True(approved.Refusal is null, approved.Refusal?.Faults[0].Message.En);
        }
        return (await Runs.RunToEndAsync(id, atOnce, Cancel))!;
    }

    public async Task<PayRun> SendAsync(int atOnce = 4) => await ApproveAsync((await OpenRunAsync(atOnce)).Id, atOnce);

    /// <summary>The lines of a run, those left out among them.</summary>
    public async Task<List<PayLine>> LinesAsync(PayRunId id)
    {
        var sheet = (await Books.LoadAsync(id, Cancel))!;
        return [.. (await Books.ChunksAsync(sheet, Cancel).ToListAsync(Cancel)).SelectMany(chunk => chunk.Lines)];
    }

    public async Task<AnswerReceipt> AnswerAsync(PaymentStatusReport report)
    {
        var receipt = await UploadAsync(await BytesAsync(report));
        if (receipt.Run is { } run)
            await Runs.RunToEndAsync(run, 4, Cancel);
        return receipt;
    }

    public Task<List<AnswerReceipt>> EmptyInboxAsync() => EmptyAsync(Answers);

    public static async Task<List<AnswerReceipt>> EmptyAsync(BankAnswers answers)
    {
        var receipts = new List<AnswerReceipt>();
        await answers.EmptyInboxAsync(
            receipt =>
            {
                receipts.Add(receipt);
                return Task.CompletedTask;
            },
            Cancel);
        return receipts;
    }

    /// <summary>The bank puts it into the inbox.</summary>
    public async Task PutAsync(string name, PaymentStatusReport report) =>
        await Store.Settings.Container("bank-inbox").UploadBlobAsync(name, BinaryData.FromBytes(await BytesAsync(report)), Cancel);

    /// <summary>Uploaded by one and, where it fits, confirmed by another.</summary>
    public async Task<AnswerReceipt> UploadAsync(byte[] bytes)
    {
        var receipt = await ProposeAsync(bytes);
        if (receipt is not { Fate: AnswerFate.Proposed, Run: { } run })
            return receipt;
        var proposed = (await Desk.FindAsync(run, Cancel))!.Proposed!;
        return await Answers.ConfirmAsync(run, proposed.Sha256, Approver, Cancel) is { } refusal
            ? new AnswerReceipt(AnswerFate.Refused, run, refusal.Faults[0].Message)
            : receipt with { Fate = AnswerFate.Taken };
    }

    public Task<AnswerReceipt> ProposeAsync(byte[] bytes) => Answers.UploadAsync(new MemoryStream(bytes), Preparer, Cancel);

    public static async Task<byte[]> BytesAsync(PaymentStatusReport report)
    {
        using var bytes = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, bytes, Cancel);
        return bytes.ToArray();
    }

    /// <summary>What the bank says of some payments of a run; of the others, nothing.</summary>
    public PaymentStatusReport Report(PayRun run, string id, params TransactionStatus[] transactions) =>
        new(id, Store.Time.GetUtcNow(), run.Id.ToString(), null, transactions, run.Ordered!.Total.Count, run.Ordered.Total.Sum);

    public PaymentStatusReport AllSettled(PayRun run, string id) =>
        new(id, Store.Time.GetUtcNow(), run.Id.ToString(), new ReportedStatus("ACSC"), [], run.Ordered!.Total.Count, run.Ordered.Total.Sum);

    public static TransactionStatus Settled(int number, int attempt = 1) => new($"{Entitlement(number)}-{attempt}", new ReportedStatus("ACSC"));

    public static TransactionStatus Rejected(int number, string code = "AC04", int attempt = 1) =>
        new($"{Entitlement(number)}-{attempt}", new ReportedStatus("RJCT", [new StatusReason(code)]));

    /// <summary>The bank file as the bank reads it.</summary>
    public async Task<PaymentOrderReading> FileAsync(PayRunId id)
    {
        using var stream = new MemoryStream((await Store.Get<IBankFiles>().FindAsync(BankFileNames.Of(id, BankFileKind.PaymentOrder), Cancel))!);
        return await PaymentOrderReader.ReadAsync(stream, cancellation: Cancel);
    }

    public async Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel)
    {
        if (Mailing is { } mailing)
            await mailing();
        Mails.Enqueue(mail.Id);
        return "taken";
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Log.Dispose();
    }
}
