using System.Runtime.ExceptionServices;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Engine;

/// <summary>What a turn did, fit for an orchestration's history: nothing personal.</summary>
/// <param name="Next">When the engine must look again; null when nothing is due any more.</param>
/// <param name="Events">Names of the appended events, in order.</param>
public sealed record Turn(string? Step, string Status, bool Final, DateTimeOffset? Next, IReadOnlyList<string> Events);

/// <summary>
/// Carries out what the events of an application call for, and passes its deadlines. Whoever crashes, at whatever line, the next turn
/// finishes the work: every duty is idempotent and stays in the head until its outcome is an event.
/// </summary>
public sealed class Turns(
    IStreams streams, Desk desk, IClaims claims, IIndexes indexes, IMailer mailer, IPermitNumbers permits, IPapers papers, MoneyDuties money, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The part of a first turn that an applicant waits for: takes the claims, so that the answer can say whether the application
    /// is accepted or a duplicate. Everything else is left to <see cref="TakeAsync"/>.
    /// </summary>
    public async Task<DeskAnswer> TakeClaimsAsync(Head head, CancellationToken cancel)
    {
        var answer = new DeskAnswer(head, [], null);
        foreach (var duty in head.Application.Duties.OfType<TakeClaims>())
        {
            var outcome = await TakeAsync(head.Application, duty, cancel);
            answer = await desk.HandleAsync(head.Application.Id, answer.Head, new Report([outcome]), null, cancel);
        }
        return answer;
    }

    /// <summary>Brings a handover into the books: whoever signs waits to hear whether they have taken it.</summary>
    public async Task<DeskAnswer> PostHandOverAsync(Head head, CancellationToken cancel)
    {
        var answer = new DeskAnswer(head, [], null);
        foreach (var duty in head.Application.Duties.OfType<PostHandOver>())
        {
            if (await money.PerformAsync(head.Application, duty, cancel) is { } outcome)
                answer = await desk.HandleAsync(head.Application.Id, answer.Head, new Report([outcome]), null, cancel);
        }
        return answer;
    }

    /// <summary>Takes one turn. Null when there is no such application. A turn that fails puts its application off, so that it does not stand first in every patrol.</summary>
    public async Task<Turn?> TakeAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await TakeOnceAsync(id, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            try
            {
                if (await streams.LoadAsync(id, cancel) is { } head)
                    await streams.PostponeAsync(head, time.GetUtcNow() + PutOff, cancel);
            }
            catch (Exception second)
            {
                throw new AggregateException(failure, second);
            }
            throw;
        }
    }

    private async Task<Turn?> TakeOnceAsync(string id, CancellationToken cancel)
    {
        var head = await streams.LoadAsync(id, cancel);
        if (head is null)
            return null;
        var names = new List<string>();

        // A turn goes on until nothing is due now: one duty's outcome may open the next step, which has duties of its own.
        while (true)
        {
            var now = time.GetUtcNow();
            if (Timing.Passed(head.Application, now))
            {
                head = Note(names, head, await desk.HandleAsync(id, head, new TimePassed(), null, cancel));
                continue;
            }

            var ready = Ready(head.Application, now);
            if (ready.Count == 0)
                break;
            if (ready.Any(duty => duty is SendMail))
            {
                var leased = await streams.LeaseAsync(head, now, now + Lease, cancel);
                if (leased is null)
                    return Describe(head.Application, head.LeasedUntil ?? now + Lease, names);
                head = leased;
            }

            var (outcomes, failure) = await PerformAsync(head.Application, ready, cancel);
            if (outcomes.Count > 0)
            {
                // Also when the process is asked to stop in the middle.
                var stop = failure is null ? cancel : CancellationToken.None;
                head = Note(names, head, await desk.HandleAsync(id, head, new Report(outcomes), null, stop));
            }
            failure?.Throw();
        }

        var due = Timing.Due(head.Application);
        if (head.Due != due)
            head = await streams.PostponeAsync(head, due, cancel) ?? head;
        return Describe(head.Application, due, names);
    }

    /// <summary>
    /// What can be done now. More is asked back only once the books know of what has been, so that it does not pile up. Indexes and the
    /// public list come last, so that nobody waits for them; indexes not at all while claims or numbers are outstanding, because those
    /// change what they say.
    /// </summary>
    private static List<Duty> Ready(Application application, DateTimeOffset now)
    {
        var ready = application.Duties.Where(duty => duty.NotBefore is not { } at || at <= now)
            .OrderBy(duty => duty is UpdateIndexes or PublishPayment or RetractPayment).ThenBy(duty => duty is AskBack).ToList();
        if (ready.Any(duty => duty is TakeClaims or NumberPermits))
            ready.RemoveAll(duty => duty is UpdateIndexes);
        return ready;
    }

    private static Head Note(List<string> names, Head before, DeskAnswer answer)
    {
        names.AddRange(answer.Events.Select(recorded => recorded.Event.GetType().Name));
        var after = answer.Head!;
        // Nothing came of what was due, and nobody else has moved the stream: asking again would go on for ever.
        return after.Application.Version > before.Application.Version
            ? after
            : throw new InvalidOperationException($"{after.Application.Id}: a turn does not get on from event {after.Application.Version}.");
    }

    private static Turn Describe(Application application, DateTimeOffset? next, List<string> names) =>
        new(application.Step, application.Status.ToString(), application.Final && application.Duties.Count == 0, next, names);

    /// <summary>
    /// Performs the duties in their order until one fails. What was done before it is still reported: a mail that has gone out must not
    /// go out again because an index could not be written.
    /// </summary>
    private async Task<(List<DutyOutcome> Outcomes, ExceptionDispatchInfo? Failure)> PerformAsync(
        Application application, List<Duty> duties, CancellationToken cancel)
    {
        var outcomes = new List<DutyOutcome>();
        foreach (var duty in duties)
        {
            try
            {
                outcomes.Add(await PerformAsync(application, duty, cancel));
            }
            catch (Exception failure)
            {
                return (outcomes, ExceptionDispatchInfo.Capture(failure));
            }
        }
        return (outcomes, null);
    }

    private async Task<DutyOutcome> PerformAsync(Application application, Duty duty, CancellationToken cancel)
    {
        switch (duty)
        {
            case TakeClaims take:
                return await TakeAsync(application, take, cancel);
            case ReleaseClaims release:
                await claims.ReleaseAsync(application.Id, release.Claims, cancel);
                return new DutySucceeded(duty.Id);
            case UpdateIndexes:
                return new IndexesUpdated(duty.Id, await indexes.UpdateAsync(application, cancel));
            case PublishPayment publish:
                await indexes.PublishAsync(application, publish.Payment, cancel);
                return new DutySucceeded(duty.Id);
            case RetractPayment retract:
                var paidAt = retract.PaidAt ?? await PaidAtAsync(application.Id, retract, cancel);
                await indexes.RetractAsync(application, retract.Entitlement, paidAt, cancel);
                return new DutySucceeded(duty.Id);
            case NumberPermits number:
                var year = ChinaTime.DateOf(time.GetUtcNow()).Year;
                return new PermitsNumbered(duty.Id, await permits.NumberAsync(application.Id, number.Step, year, number.Certificates, cancel));
            case DiscardPapers:
                await papers.DiscardAsync(application.Id, cancel);
                return new DutySucceeded(duty.Id);
            case SendMail mail:
                return await SendAsync(application, mail, cancel);
            default:
                return await money.PerformAsync(application, duty, cancel)
                    ?? throw new InvalidOperationException($"No one performs {duty.GetType().Name}.");
        }
    }

    private async Task<DutyOutcome> TakeAsync(Application application, TakeClaims duty, CancellationToken cancel)
    {
        var conflict = await claims.TakeAsync(application.Id, duty.Claims, application.SubmittedAt ?? application.CreatedAt, cancel);
        return conflict is null
            ? new DutySucceeded(duty.Id)
            : new ClaimsConflicted(duty.Id, conflict.Limit, Reference.Of(conflict.EarlierApplication));
    }

    /// <summary>The stream knows what the head has forgotten; hardly ever does a bank send back what was paid months ago.</summary>
    private async Task<DateTimeOffset> PaidAtAsync(string id, RetractPayment retract, CancellationToken cancel) => (await streams.ReadAsync(id, cancel)
        .Select(stored => stored.Recorded)
        .TakeWhile(recorded => recorded.Number < retract.Number)
        .LastAsync(recorded => recorded.Event is Paid paid && paid.Entitlement == retract.Entitlement, cancel)).At;

    private async Task<DutyOutcome> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        try
        {
            return new DutySucceeded(mail.Id, await mailer.SendAsync(application, mail, cancel));
        }
        catch (MailException failed)
        {
            // The failure is an event, with a time to try again; a mail that stays stuck is told to people.
            return new DutyFailed(mail.Id, failed.Message);
        }
    }
}
