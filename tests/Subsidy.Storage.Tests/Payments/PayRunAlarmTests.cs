using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Storage.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What the alert on pay runs looks for is what is logged.</summary>
public sealed class PayRunAlarmTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_nobody_may_approve_is_told_once()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1);
        var register = office.Register;
        office.Register = register with { Staff = [.. register.Staff.Where(one => one.Id != PayOffice.Approver)] };
        var run = await office.OpenRunAsync();
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([$"PayRunBlocked Run={run.Id}"], office.Log.Lines);
        Assert.True(CapturedAlarms.IsLookedFor("pay-run", "PayRunBlocked", "Run"));

        office.Register = register;
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([PayOffice.Approver], (await office.Desk.FindAsync(run.Id, Cancel))!.Asking!.Approvers.Select(one => one.Staff));
        Assert.Single(office.Mails);
    }

    [Fact]
    public async Task A_run_that_fails_is_named_with_what_failed()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1);
        office.Mailing = () => throw new InvalidOperationException("broken");
        var opened = await office.Desk.OpenAsync(PayOffice.Preparer, office.Fund, new DateOnly(2026, 3, 31), "form", Cancel);

        var failures = await Assert.ThrowsAsync<AggregateException>(() => office.Runs.TendAsync(Cancel));
        var failure = Assert.IsType<PayRunTendingException>(Assert.Single(failures.InnerExceptions));
        Assert.Equal((opened.Run!.Id, "broken"), (failure.Run, failure.InnerException!.Message));
    }

    [Fact]
    public void What_failed_and_what_stands_still_is_looked_for_by_name()
    {
        using var log = new CapturedAlarms();
        using var factory = new LoggerFactory([log]);
        var alarms = new PayRunAlarms(new Logger<PayRunAlarms>(factory));
        alarms.Failed("relief-2026-0001", new InvalidOperationException());
        alarms.StandsStill(PayRunId.Parse("relief-2026-0001")!.Value);

        Assert.Equal(["PayRunFailed Run=relief-2026-0001", "PayRunStandsStill Run=relief-2026-0001"], log.Lines);
        Assert.All(log.Names, name => Assert.True(CapturedAlarms.IsLookedFor("pay-run", name, "Run"), name));
    }
}
