using Azure.Data.Tables;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>A hold leads a run past what would stop it.</summary>
public sealed class HeldRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_that_cannot_be_opened_stops_no_run_once_it_is_held()
    {
        await using var office = await OwingAsync(3);
        await BreakAsync(office, 2);
        Assert.NotNull(await Record.ExceptionAsync(() => office.OpenRunAsync()));

        await HoldAsync(office, new HoldTarget(HoldKind.Application, PayOffice.Application(2)));

        var stopped = (await office.Desk.AllAsync(office.Fund, Cancel)).Single();
        var prepared = (await office.Runs.RunToEndAsync(stopped.Id, 4, Cancel))!;
        Assert.Equal((PayRunState.Prepared, 2, 1), (prepared.State, prepared.Prepared!.Included.Count, prepared.Prepared.Excluded[Exclusion.Held].Count));
    }

    [Fact]
    public async Task An_approved_run_goes_on_without_an_application_that_can_no_longer_be_opened_once_it_is_held()
    {
        await using var office = await OwingAsync(3);
        var run = await office.OpenRunAsync();
        await BreakAsync(office, 2);
        Assert.NotNull(await Record.ExceptionAsync(() => office.ApproveAsync(run.Id)));

        await HoldAsync(office, new HoldTarget(HoldKind.Application, PayOffice.Application(2)));

        var sent = await office.ApproveAsync(run.Id);
        Assert.Equal((PayRunState.Sent, 2), (sent.State, sent.Ordered!.Total.Count));
        Assert.Equal(PositionState.Reserved, (await office.PositionAsync(2)).State);
    }

    private async Task<PayOffice> OwingAsync(int payments)
    {
        var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        for (var n = 1; n <= payments; n++)
            await office.OweAsync(n);
        return office;
    }

    private static async Task HoldAsync(PayOffice office, HoldTarget target) =>
        Assert.Null(await office.Store.Get<HoldDesk>().PlaceAsync(PayOffice.Approver, target, "核实", null, Cancel));

    /// <summary>What is stored of the application no longer opens.</summary>
    private static async Task BreakAsync(PayOffice office, int number)
    {
        var (table, id) = (office.Store.Settings.Table("applications"), PayOffice.Application(number));
        var row = (await table.GetEntityAsync<TableEntity>(Rows.ShardOf(id), Rows.Head(id), cancellationToken: Cancel)).Value;
        row["State"] = new byte[64];
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge, Cancel);
    }
}
