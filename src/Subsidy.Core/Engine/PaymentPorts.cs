using Subsidy.Core.Applications;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Pay runs: a partition for each, with its head, its events and its chunks of lines, sealed with a key of its own.</summary>
public interface IPayRunBooks
{
    /// <summary>
    /// The number of the run that is opened under the key, the same at every retry; for a new key the next of the fund-year. One that was
    /// taken and never used comes first, so that there is no gap: should another key use it first, the next call finds another number.
    /// </summary>
    Task<PayRunId> NumberAsync(Funds.FundKey fund, string key, CancellationToken cancel);

    /// <summary>One point read of the head. Null when there is no such run.</summary>
    Task<PayRunSheet?> LoadAsync(PayRunId run, CancellationToken cancel);

    /// <summary>Writes events, head and chunk in one transaction. Null, and nothing written, when run or chunk have moved.</summary>
    /// <param name="before">Null for a new run.</param>
    Task<PayRunSheet?> AppendAsync(
        PayRunSheet? before, PayRun after, IReadOnlyList<PayRunRecorded> events, ChunkChange? chunk, CancellationToken cancel);

    /// <returns>False, and nothing written, when there is a chunk of that number.</returns>
    Task<bool> AddAsync(PayRunSheet run, PayChunk chunk, CancellationToken cancel);

    /// <returns>False, and nothing written, when the chunk has moved.</returns>
    Task<bool> ReplaceAsync(PayRunSheet run, ChunkChange change, CancellationToken cancel);

    /// <summary>One point read. Null when there is none of that number.</summary>
    Task<ChunkSheet?> FindAsync(PayRunSheet run, int chunk, CancellationToken cancel);

    /// <summary>The chunks that the run counts, in order of their numbers.</summary>
    IAsyncEnumerable<PayChunk> ChunksAsync(PayRunSheet run, CancellationToken cancel);

    /// <summary>What may be said of them without opening them.</summary>
    IAsyncEnumerable<ChunkTally> TalliesAsync(PayRunSheet run, CancellationToken cancel);

    /// <summary>SHA-256 of the bank's answer that was taken under this message id; null when there was none.</summary>
    Task<string?> AnswerAsync(PayRunId run, string messageId, CancellationToken cancel);

    /// <summary>All events, in order.</summary>
    IAsyncEnumerable<StoredPayRunEvent> ReadAsync(PayRunId run, CancellationToken cancel);

    /// <summary>Numbers of the fund-year, the latest first. One may have been taken for a run that was never opened.</summary>
    Task<IReadOnlyList<PayRunId>> AllAsync(Funds.FundKey fund, CancellationToken cancel);

    /// <summary>Runs that are not over, or not known to be.</summary>
    Task<IReadOnlyList<PayRunId>> UnfinishedAsync(CancellationToken cancel);

    /// <summary>The run is over: it leaves the list of the unfinished.</summary>
    Task ForgetAsync(PayRunId run, CancellationToken cancel);
}

/// <summary>A run as storage has it, with what storage needs to write it back. Opaque to everyone else.</summary>
public abstract record PayRunSheet(PayRun Run);

/// <summary>A chunk as storage has it.</summary>
public abstract record ChunkSheet(PayChunk Chunk);

public sealed record ChunkChange(ChunkSheet Before, PayChunk After);

/// <param name="Text">The exact stored text: JSON, with personal parts sealed. The hash is over its UTF-8 bytes.</param>
/// <param name="Hash">SHA-256(previous hash ‖ run id ‖ number ‖ text), lower-case hexadecimal.</param>
public sealed record StoredPayRunEvent(PayRunRecorded Recorded, string Text, string PreviousHash, string Hash);

/// <summary>Asks people to approve a pay run, each by a mail with a link of their own.</summary>
public interface IApproverMailer
{
    /// <returns>The provider's id of the mail.</returns>
    /// <exception cref="MailException">The provider did not take it.</exception>
    Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel);
}

/// <param name="Id">Travels with the mail; the same for a mail that is repeated.</param>
/// <param name="Staff">Whom it is for.</param>
/// <param name="Reminder">They were asked before.</param>
public sealed record ApprovalMail(string Id, string Staff, bool Reminder);

/// <summary>Tells the engine that a pay run may have something to do. A hint: losing it costs time only.</summary>
public interface IPayRunNudges
{
    Task NudgeAsync(PayRunId run, CancellationToken cancel);
}

public interface IHolds
{
    /// <summary>All that are not lifted, those whose day has passed among them.</summary>
    Task<IReadOnlyList<Hold>> ActiveAsync(CancellationToken cancel);

    /// <summary>Those that were lifted or replaced, the latest first.</summary>
    Task<IReadOnlyList<Hold>> LiftedAsync(CancellationToken cancel);

    /// <returns>The hold that is on the target already, and stays as it is; null when the new one was placed.</returns>
    Task<Hold?> PlaceAsync(Hold hold, CancellationToken cancel);

    /// <returns>Null when there is none.</returns>
    Task<Hold?> LiftAsync(HoldTarget target, HoldEnd end, CancellationToken cancel);
}

/// <summary>Who is paid to which account, and under which scheme: rows by keyed hashes, which are hints for people and no ledger.</summary>
public interface IPayeeIndex
{
    /// <summary>The application is written down under the key, once.</summary>
    Task NoteAsync(string key, PayeeUse use, CancellationToken cancel);

    Task<IReadOnlyList<PayeeUse>> FindAsync(string key, CancellationToken cancel);
}

/// <param name="Persons">Keyed hashes of the applicant and the household.</param>
public sealed record PayeeUse(string Application, IReadOnlyList<PersonKey> Persons);

/// <summary>Flags that a person has cleared: they are not raised again for that application.</summary>
public interface IClearances
{
    /// <returns>Who has cleared it; null while it stands.</returns>
    Task<string?> ClearedByAsync(string application, Flag flag, CancellationToken cancel);

    /// <param name="reason">Personal.</param>
    Task ClearAsync(string application, Flag flag, string staff, string reason, DateTimeOffset at, CancellationToken cancel);
}

/// <summary>Keyed hashes by which accounts and payees are known again, without saying what they are.</summary>
public interface IPayeeDigests
{
    string OfAccount(string account);

    /// <summary>Over name, account and bank.</summary>
    string OfPayee(Payee payee);
}

/// <summary>What goes to the bank and what comes from it, sealed. What is there stays as it is.</summary>
public interface IBankFiles
{
    /// <summary>The file is there as a whole once all of the content was read; before, or when reading it fails, there is none.</summary>
    /// <param name="content">Read forwards, some of it at a time; disposed of.</param>
    /// <returns>False, and nothing written, when there is a file of that name.</returns>
    Task<bool> PutAsync(string name, Stream content, CancellationToken cancel);

    /// <summary>Reads forwards. Null when there is none.</summary>
    /// <remarks>What is read is as it was written; only the end of it proves that nothing is missing.</remarks>
    Task<Stream?> OpenAsync(string name, CancellationToken cancel);

    /// <summary>All of it at once, for what people download.</summary>
    async Task<byte[]?> FindAsync(string name, CancellationToken cancel)
    {
        await using var content = await OpenAsync(name, cancel);
        if (content is null)
            return null;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}

/// <summary>Where the bank puts its answers; perhaps under a name that it has used before, while that one is being read.</summary>
public interface IBankInbox
{
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel);

    /// <summary>Null when it is gone.</summary>
    Task<InboxFile?> OpenAsync(string name, CancellationToken cancel);

    /// <summary>Removes the file that was opened. Another that has come under its name since stays.</summary>
    Task RemoveAsync(InboxFile file, CancellationToken cancel);
}

/// <param name="Version">By which storage tells it from another under the same name.</param>
/// <param name="Content">Read forwards.</param>
public sealed record InboxFile(string Name, string Version, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The list of answers that were refused; the files themselves are kept.</summary>
public interface IRefusedAnswers
{
    /// <summary>The same file from the same place, refused for the same reason, is listed once: it may lie there and be read every minute.</summary>
    Task AddAsync(RefusedAnswer refused, CancellationToken cancel);

    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<RefusedAnswer>> ListAsync(CancellationToken cancel);
}

/// <param name="Name">By which the file is found again.</param>
/// <param name="Source">Id of the member of staff who uploaded it, or the name in the inbox.</param>
/// <param name="Why">Repeats nothing of the file that is personal.</param>
public sealed record RefusedAnswer(string Name, DateTimeOffset At, string Source, string Sha256, long Length, Text Why);
