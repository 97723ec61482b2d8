using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>Approvers are asked by mail, on real storage: once each, whoever else is at it, and whatever the provider says.</summary>
public sealed class ApprovalAskingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_carry_a_run_on_at_once_each_approver_gets_one_mail_and_one_reminder()
    {
        await using var office = await OweAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        office.Mailing = () =>
        {
            begun.TrySetResult();
            return taken.Task;
        };
        var first = office.OpenRunAsync();
        await begun.Task.WaitAsync(Cancel);
        // While the provider thinks about the mail, others look at the run and find nothing to do.
        var id = (await office.Books.UnfinishedAsync(Cancel)).Single();
        Assert.Null(await office.Runs.PlanAsync(id, Cancel));
        await office.Runs.DoChunkAsync(id, PayRunPhase.Ask, 0, Cancel);
        taken.SetResult();
        var run = await first;
        Assert.Equal([$"{id}-5-mail-{PayOffice.Approver}"], office.Mails);
        Assert.Equal(AskedState.Sent, run.Asking!.Approvers.Single().State);

        await office.Runs.TendAsync(Cancel);
        Assert.Single(office.Mails);
        office.Store.Time.SetUtcNow(run.Asking.RemindAt!.Value);
        await office.Runs.TendAsync(Cancel);
        office.Store.Time.Advance(TimeSpan.FromDays(30));
        await office.Runs.TendAsync(Cancel);
        Assert.Equal([$"{id}-5-mail-{PayOffice.Approver}", $"{id}-8-mail-{PayOffice.Approver}"], office.Mails);
    }

    [Fact]
    public async Task A_worker_that_dies_between_the_mail_and_its_record_repeats_it_under_the_same_id()
    {
        await using var office = await OweAsync();
        office.Mailing = () =>
        {
            if (office.Mails.IsEmpty)
            {
                office.Mails.Enqueue("lost"); // It went out; nobody wrote it down.
                throw new InvalidOperationException("The process died.");
            }
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => office.OpenRunAsync());
        await office.Runs.TendAsync(Cancel);
        Assert.Equal(["lost"], office.Mails);

        office.Store.Time.Advance(TimeSpan.FromMinutes(5));
        await office.Runs.TendAsync(Cancel);

        var id = (await office.Books.UnfinishedAsync(Cancel)).Single();
        Assert.Equal(["lost", $"{id}-5-mail-{PayOffice.Approver}"], office.Mails);
    }

    [Fact]
    public async Task A_provider_that_takes_no_mails_alarms_after_a_while_and_never_keeps_a_run_from_being_approved()
    {
        await using var office = await OweAsync();
        office.Mailing = () => throw new MailException("unavailable");
        var run = await office.OpenRunAsync();
        for (var i = 0; i < 6; i++)
        {
            office.Store.Time.Advance(TimeSpan.FromHours(2));
            await office.Runs.TendAsync(Cancel);
        }
        Assert.Equal($"DutyStuck Id={run.Id} Duty={run.Id}-5-mail-staff", office.Log.Lines[0]);
        Assert.True(CapturedAlarms.IsLookedFor("stuck-mail", office.Log.Names[0], "Id", "Duty"));

        Assert.Equal(PayRunState.Sent, (await office.ApproveAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_mail_that_came_back_alarms_without_a_name()
    {
        await using var office = await OweAsync();
        var run = await office.OpenRunAsync();
        await office.Desk.HandleAsync(run.Id, new RecordReturnedMail($"{run.Id}-5-mail-{PayOffice.Approver}", "bounce"), Cancel);
        Assert.Equal([$"MailBounced Id={run.Id} Duty={run.Id}-5-mail-staff"], office.Log.Lines);
        Assert.True(CapturedAlarms.IsLookedFor("bounced-mail", office.Log.Names[0], "Id", "Duty"));
    }

    private async Task<PayOffice> OweAsync()
    {
        var office = await PayOffice.OpenAsync(azurite);
        await office.AppropriateAsync(1000);
        await office.OweAsync(1);
        return office;
    }
}
