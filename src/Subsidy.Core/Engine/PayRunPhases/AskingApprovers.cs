using Subsidy.Core.Calendar;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Asks those who may approve a run, by mail. Who they are and that somebody is at it is written down first, and each mail as soon as the
/// provider has taken it: so a mail is repeated only when the process died between the two. The run can be approved on its page all the while.
/// </summary>
internal sealed class AskingApprovers(PayRunDesk desk, ITownship township, IFundRegister funds, IApproverMailer mailer)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>No mail takes longer; who has less time left leaves it to the next.</summary>
    private static readonly TimeSpan LongestMail = TimeSpan.FromMinutes(1);

    /// <summary>A run that nobody may approve waits for the staff register: until that changes, there is nothing to do.</summary>
    public bool IsWanted(PayRun run) => run.Asking is not { Approvers.Count: 0 } || Approvers.Of(run, township.Register).Count > 0;

    public async Task AskAsync(PayRun run, CancellationToken cancel)
    {
        var until = desk.Now + Lease;
        var taken = await desk.HandleAsync(run.Id, new AskApprovers(until, RemindAt(run)), cancel);
        if (!taken.Events.Any(recorded => recorded.Event is AskingTaken))
            return;
        foreach (var approver in taken.Run!.Asking!.Approvers.Where(approver => approver.IsDue(desk.Now)).ToList())
        {
            if (desk.Now > until - LongestMail)
                return;
            var outcome = await SendAsync(taken.Run, approver.Staff, cancel);
            // Also when the process is asked to stop in between.
            if ((await desk.HandleAsync(run.Id, outcome, CancellationToken.None)).Run is not { State: PayRunState.Prepared })
                return;
        }
    }

    private async Task<PayRunCommand> SendAsync(PayRun run, string staff, CancellationToken cancel)
    {
        try
        {
            var mail = new ApprovalMail(run.Asking!.MailTo(run.Id, staff), staff, run.Asking.Reminder);
            return new RecordAsked(staff, await mailer.AskAsync(run, mail, cancel));
        }
        catch (MailException failed)
        {
            return new RecordNotAsked(staff, failed.Message);
        }
    }

    private DateTimeOffset? RemindAt(PayRun run) =>
        funds.Funds.FirstOrDefault(fund => fund.Id == run.Id.Fund.Code)?.Remind is { } term ? township.Calendar.After(desk.Now, term).At : null;
}
