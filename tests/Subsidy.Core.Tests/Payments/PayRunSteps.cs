using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Given events, when a command, then events; without storage and without lines.</summary>
internal static class PayRunSteps
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    public static readonly PayRunId Id = new(new FundKey("relief", 2026), 1);
    public static readonly Debtor Treasury = new("样例镇财政所", "36990001", new FinancialInstitution("样例银行"));
    public static readonly Total Three = new(3, Money.FromYuan(300));
    public static readonly OpenRun Open = new("prepares1", Id, new DateOnly(2026, 3, 31), Treasury, "key");
    public static readonly EndDispute End = new("approves1", "e1", 1, Money.FromYuan(100), null, LineOutcome.Resolved, "refunded");
    public static readonly PayRunEvent[] Opened =
        [new RunOpened(new DateOnly(2026, 3, 31), Treasury, "prepares1", "key", SampleTownship.KeyOf("prepares1"))];
    public static readonly PayRunEvent[] Collected = [.. Opened, new LinesCollected(1, 3)];
    public static readonly PayRunEvent[] Gathering = [.. Collected, new PayeesLookedUp()];
    public static readonly PayRunEvent[] Prepared = [.. Gathering, new RunPrepared(Of(Three))];
    public static readonly PayRunEvent[] Approved = [.. Prepared, new RunApproved("approves1", "digest")];
    public static readonly PayRunEvent[] Committed = [.. Approved, new RunCommitted(new Order(Three, new DateOnly(2026, 3, 31), Now, "digest"))];
    public static readonly PayRunEvent[] Sent = [.. Committed, new FilesWritten(new BankFile("sha", 1), null)];

    public static Preparation Of(Total included) =>
        new(included, new Dictionary<Exclusion, Total>(), new Dictionary<string, Total>(), null, "digest");

    public static PayRun? Run(PayRunEvent[] given) => given.Length == 0
        ? null
        : PayRunFold.Fold(Id, given.Select((e, i) => new PayRunRecorded(i + 1, Now, Actor.Engine, e)));

    public static PayRunDecided When(PayRunEvent[] given, PayRunCommand command, TownshipRegister? staff = null) =>
        PayRunDecider.Decide(Run(given), command, staff ?? SampleTownship.Register, Now);

    public static void Then(PayRunDecided decided, params PayRunEvent[] events)
    {
        Assert.Null(decided.Refusal);
        Assert.Equal(events, decided.Events.Select(recorded => recorded.Event));
    }

    public static Refusal Refused(RefusalCode code, PayRunDecided decided)
    {
        Assert.Equal(code, decided.Refusal?.Code);
        Assert.Empty(decided.Events);
        return decided.Refusal!;
    }
}
