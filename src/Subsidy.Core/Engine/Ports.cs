using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Engine;

/// <summary>The streams of events, one per application, and their heads.</summary>
public interface IStreams
{
    /// <summary>One point read of the head. Null when there is no such application.</summary>
    /// <exception cref="UnreadableApplicationException">There is, and it cannot be opened.</exception>
    Task<Head?> LoadAsync(string id, CancellationToken cancel);

    /// <summary>Whether there is such an application, even one that can no longer be opened.</summary>
    async Task<bool> IsThereAsync(string id, CancellationToken cancel) => await LoadAsync(id, cancel) is not null;

    /// <summary>Reads a head again that has moved on, and keeps the lease that the caller holds on it.</summary>
    Task<Head?> ReloadAsync(Head before, CancellationToken cancel) => LoadAsync(before.Application.Id, cancel);

    /// <summary>
    /// Appends in one transaction: the events, the head, the moved due row. Clears a lease that <paramref name="before"/> holds itself.
    /// Null, and nothing written, when the stream is no longer at <paramref name="before"/>.
    /// </summary>
    /// <param name="due">When the engine must look again; null for never.</param>
    Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel);

    /// <summary>
    /// Takes the head for one turn, so that two turns do not mail the same thing, and moves the due row to the lease's end. Null when
    /// somebody else holds it or the stream has moved. A lease never stands in the way of a command.
    /// </summary>
    Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel);

    /// <summary>Moves the due row when there is nothing to append (a turn that found nothing to do, or that failed).</summary>
    Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel);

    /// <summary>The whole stream, in order.</summary>
    IAsyncEnumerable<StoredEvent> ReadAsync(string id, CancellationToken cancel);

    /// <summary>One event, by its number: a point read. Null when there is none.</summary>
    /// <exception cref="UnreadableApplicationException">There is, and it cannot be opened.</exception>
    async Task<Recorded?> FindAsync(Head head, int number, CancellationToken cancel) =>
        (await ReadAsync(head.Application.Id, cancel).FirstOrDefaultAsync(stored => stored.Recorded.Number == number, cancel))?.Recorded;

    /// <summary>Applications whose due time is not after <paramref name="now"/>: one bounded range query per shard, nothing else read.</summary>
    IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel);
}

/// <summary>An application as its head row has it, with what storage needs to write it back. Opaque to everyone else.</summary>
public abstract record Head(Application Application, DateTimeOffset? Due, DateTimeOffset? LeasedUntil);

/// <param name="Text">The exact stored text: JSON, with personal parts sealed. The hash is over its UTF-8 bytes.</param>
/// <param name="Hash">SHA-256(previous hash ‖ application id ‖ number ‖ text), lower-case hexadecimal.</param>
public sealed record StoredEvent(Recorded Recorded, string Text, string PreviousHash, string Hash);

public sealed record Due(string Id, DateTimeOffset At);

public interface IClaims
{
    /// <summary>
    /// Takes all, or gives back what it took and says which one another application holds. Taking again what this application holds
    /// already changes nothing.
    /// </summary>
    Task<ClaimConflict?> TakeAsync(string applicationId, IReadOnlyList<Claim> claims, DateTimeOffset now, CancellationToken cancel);

    Task ReleaseAsync(string applicationId, IReadOnlyList<Claim> claims, CancellationToken cancel);
}

public sealed record ClaimConflict(string Limit, string EarlierApplication);

/// <summary>Rows outside the stream by which applications are found. All can be made again from the streams.</summary>
public interface IIndexes
{
    /// <summary>Makes the rows of this application what they should be, and takes away those that should not be. Returns what stands now.</summary>
    Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel);

    /// <summary>Puts a payment on the public list of its village and month. Once more, it changes nothing.</summary>
    Task PublishAsync(Application application, PublicPayment payment, CancellationToken cancel);

    /// <summary>Takes a payment off the public list of the month in which it was paid.</summary>
    Task RetractAsync(Application application, string entitlement, DateTimeOffset paidAt, CancellationToken cancel);
}

public interface IMailer
{
    /// <summary>Sends the mail of a duty; the duty's id travels with it. Returns the provider's message id.</summary>
    /// <exception cref="MailException">The provider did not take it.</exception>
    Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel);
}

/// <param name="reason">Class of the error, without anything personal: it stands in an event.</param>
public sealed class MailException(string reason, Exception? inner = null) : Exception(reason, inner);

public interface IPermitNumbers
{
    /// <summary>Numbers without gaps per prefix and year. The same application and step always get the same numbers.</summary>
    Task<IReadOnlyList<NumberedPermit>> NumberAsync(
        string applicationId, string step, int year, IReadOnlyList<CertificateOrder> certificates, CancellationToken cancel);
}

public interface IPapers
{
    /// <summary>Deletes every paper of an application.</summary>
    Task DiscardAsync(string applicationId, CancellationToken cancel);
}

public interface ISchemes
{
    /// <summary>The newest edition of each scheme.</summary>
    IReadOnlyList<Scheme> Current { get; }

    /// <summary>The edition that an application pins.</summary>
    ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel);
}

/// <summary>Imported lists of people, such as the monitored households.</summary>
public interface IRegisters
{
    /// <summary>For each register, whether any of the persons stands in it.</summary>
    Task<IReadOnlyDictionary<string, bool>> LookUpAsync(IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel);
}

/// <summary>The township's files as they are now: villages, staff, calendar.</summary>
public interface ITownship
{
    TownshipRegister Register { get; }
    WorkingCalendar Calendar { get; }
}

/// <summary>Tells the engine that an application may have something to do. A hint: losing it costs time only, never a decision.</summary>
public interface INudges
{
    /// <param name="begins">True when the engine has not yet followed this application, or followed it to an end that is no longer one.</param>
    Task NudgeAsync(Application application, bool begins, CancellationToken cancel);
}
