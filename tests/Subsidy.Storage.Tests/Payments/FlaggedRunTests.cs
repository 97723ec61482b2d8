using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>What a person has to look at before it is paid, and who that is.</summary>
public sealed class FlaggedRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_bank_rejected_because_the_payee_has_died_is_not_paid_again_before_somebody_has_looked()
    {
        await using var office = await PayOffice.OwingAsync(azurite, 2);
        var run = await office.SendAsync();
        await office.AnswerAsync(office.Report(run, "m1", PayOffice.Settled(1), PayOffice.Rejected(2, "MD07")));
        await office.BooksAsync(new Retry(PayOffice.Entitlement(2), 1));

        var second = await office.OpenRunAsync();

        var line = (await office.LinesAsync(second.Id)).Single();
        Assert.Equal((Exclusion.Flagged, FlagKind.Rejected, "MD07"), (line.Excluded, line.Flags.Single().Kind, line.Flags.Single().Subject));
        Assert.Null(await ClearAsync(office, second, PayOffice.Approver, line));
        var third = await office.OpenRunAsync();
        line = (await office.LinesAsync(third.Id)).Single();
        Assert.Equal((null, PayOffice.Approver), (line.Excluded, line.Flags.Single().ClearedBy));
    }

    [Fact]
    public async Task Nobody_approves_a_run_that_pays_themselves()
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        var approver = office.Register.Find(PayOffice.Approver)!;
        office.Register = office.Register with
        {
            Staff = [.. office.Register.Staff, approver with { Id = "second", Person = new PersonKey("second"), Relatives = [], Principal = null }],
        };
        await office.AppropriateAsync(1000);
        await office.OweAsync(1, person: approver.Person);
        var flagged = await office.OpenRunAsync();
        Assert.Null(await ClearAsync(office, flagged, "second", (await office.LinesAsync(flagged.Id)).Single()));

        var run = await office.OpenRunAsync();

        Assert.Equal((1, "bao-qingtian"), (run.Prepared!.Included.Count, run.Prepared.Concerned.Single()));
        Assert.Equal(RefusalCode.NotAllowed, (await ApproveAsync(PayOffice.Approver)).Refusal?.Code);
        Assert.Equal(["second"], Approvers.Of(run, office.Register));
        Assert.Null((await ApproveAsync("second")).Refusal);

        Task<PayRunAnswer> ApproveAsync(string staff) => office.Desk.HandleAsync(run.Id, new ApproveRun(staff, run.Prepared!.Digest), Cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_lifts_a_hold_on_their_own_households_money(bool person)
    {
        await using var office = await PayOffice.OpenAsync(azurite);
        var own = office.Register.Find(PayOffice.Preparer)!.Person!.Value;
        await office.OweAsync(1, person: own);
        var target = person ? HoldTarget.Person(own) : new HoldTarget(HoldKind.Application, PayOffice.Application(1));
        var holds = office.Store.Get<HoldDesk>();
        Assert.Null(await holds.PlaceAsync(PayOffice.Approver, target, "举报待查", null, Cancel));

        Assert.Equal(RefusalCode.NotAllowed, (await holds.LiftAsync(PayOffice.Preparer, target, "查清了", Cancel))?.Code);

        Assert.Null(await holds.LiftAsync(PayOffice.Approver, target, "查清了", Cancel));
    }

    private static Task<Refusal?> ClearAsync(PayOffice office, PayRun run, string staff, PayLine line) => office.Store.Get<FlagDesk>().ClearAsync(
        run.Id, 0, new ClearFlag(staff, line.Entitlement, line.Flags.Single().Kind, line.Flags.Single().Subject, line.Flags.Single().Other, "looked at"), Cancel);
}
