using Microsoft.Extensions.Logging;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Payments;

/// <summary>
/// Says in the log what does not go on by itself with a pay run. The alerts of <c>infra/alerts</c> look for these events by their names.
/// Nobody is named: a mail is told by the run and the event that ordered it.
/// </summary>
public sealed partial class PayRunAlarms(ILogger<PayRunAlarms> log)
{
    /// <summary>A piece of it failed; it is done again.</summary>
    public void Failed(string run, Exception failure) => PayRunFailed(log, run, failure);

    /// <summary>There is work to do, and nothing has come of it for long.</summary>
    public void StandsStill(PayRunId run) => PayRunStandsStill(log, run.ToString());

    internal void Appended(PayRun after, IReadOnlyList<PayRunRecorded> events)
    {
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case ApproversNamed { Staff.Count: 0 }:
                    PayRunBlocked(log, after.Id.ToString());
                    break;
                case ApproverNotAsked { Stuck: true }:
                    DutyStuck(log, after.Id.ToString(), after.Asking!.MailTo(after.Id, "staff"));
                    break;
                case ApprovalMailReturned:
                    MailBounced(log, after.Id.ToString(), after.Asking!.MailTo(after.Id, "staff"));
                    break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Pay run {Run} could not be carried on; it is taken up again.")]
    private static partial void PayRunFailed(ILogger logger, string run, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pay run {Run} stands still.")]
    private static partial void PayRunStandsStill(ILogger logger, string run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody eligible is left to approve pay run {Run}.")]
    private static partial void PayRunBlocked(ILogger logger, string run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A duty of pay run {Id} is stuck: {Duty}.")]
    private static partial void DutyStuck(ILogger logger, string id, string duty);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of pay run {Id} came back: {Duty}.")]
    private static partial void MailBounced(ILogger logger, string id, string duty);
}
