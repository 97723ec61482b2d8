using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;

namespace Subsidy.Storage.Streams;

/// <summary>
/// Says in the log what an append has brought that does not go on by itself. The alerts of <c>infra/alerts</c> look for these events
/// by their names. Nobody is named: a duty is told by its application, its event, and whether it is for the applicant or for staff.
/// </summary>
internal sealed partial class AlarmLog(ILogger<AlarmLog> log)
{
    private const string Mail = "-mail-";
    private const string Applicant = "applicant";

    public void Appended(Application? before, Application after, IReadOnlyList<Recorded> events)
    {
        foreach (var recorded in events)
        {
            if (recorded.Event is DutiesSettled settled)
            {
                foreach (var delayed in settled.Delayed.Where(delayed => delayed.Stuck))
                    DutyStuck(log, after.Id, Unnamed(delayed.Duty));
            }
            else if (recorded.Event is MailBounced bounced)
            {
                MailBounced(log, after.Id, Unnamed(bounced.Duty));
            }
        }
        foreach (var assignment in after.Assignments.Where(assignment => assignment.Blocked && !WasBlocked(before, assignment)))
            ApplicationBlocked(log, after.Id, assignment.Step);
    }

    private static bool WasBlocked(Application? before, Assignment assignment) =>
        before?.Assignments.Any(earlier => earlier.Number == assignment.Number && earlier.Key == assignment.Key && earlier.Blocked) == true;

    /// <summary>A duty's id ends with the id of whom it is for, and the register's ids may be names.</summary>
    private static string Unnamed(string duty) =>
        duty.IndexOf(Mail, StringComparison.Ordinal) is var at and >= 0 && duty[(at + Mail.Length)..] is not Applicant
            ? duty[..(at + Mail.Length)] + "staff"
            : duty;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A duty of application {Id} is stuck: {Duty}.")]
    private static partial void DutyStuck(ILogger logger, string id, string duty);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of application {Id} came back: {Duty}.")]
    private static partial void MailBounced(ILogger logger, string id, string duty);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody eligible is left for step {Step} of application {Id}.")]
    private static partial void ApplicationBlocked(ILogger logger, string id, string step);
}
