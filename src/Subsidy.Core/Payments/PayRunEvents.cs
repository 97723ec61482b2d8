using System.Text.Json.Serialization;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>What has happened to a pay run. The list is closed; names are for ever.</summary>
[JsonDerivedType(typeof(RunOpened), "runOpened")]
[JsonDerivedType(typeof(LinesCollected), "linesCollected")]
[JsonDerivedType(typeof(PayeesLookedUp), "payeesLookedUp")]
[JsonDerivedType(typeof(RunPrepared), "runPrepared")]
[JsonDerivedType(typeof(ApproversNamed), "approversNamed")]
[JsonDerivedType(typeof(AskingTaken), "askingTaken")]
[JsonDerivedType(typeof(ApproverAsked), "approverAsked")]
[JsonDerivedType(typeof(ApproverNotAsked), "approverNotAsked")]
[JsonDerivedType(typeof(ApprovalMailReturned), "approvalMailReturned")]
[JsonDerivedType(typeof(RunApproved), "runApproved")]
[JsonDerivedType(typeof(LinesDropped), "linesDropped")]
[JsonDerivedType(typeof(RunCommitted), "runCommitted")]
[JsonDerivedType(typeof(FilesWritten), "filesWritten")]
[JsonDerivedType(typeof(FileDownloaded), "fileDownloaded")]
[JsonDerivedType(typeof(AnswerProposed), "answerProposed")]
[JsonDerivedType(typeof(AnswerDeclined), "answerDeclined")]
[JsonDerivedType(typeof(AnswerTaken), "answerTaken")]
[JsonDerivedType(typeof(AnswerApplied), "answerApplied")]
[JsonDerivedType(typeof(FlagCleared), "flagCleared")]
[JsonDerivedType(typeof(DisputeEnded), "disputeEnded")]
[JsonDerivedType(typeof(DiscardOrdered), "discardOrdered")]
[JsonDerivedType(typeof(RunDiscarded), "runDiscarded")]
[JsonDerivedType(typeof(RunClosed), "runClosed")]
public abstract record PayRunEvent;

/// <param name="Number">1 for the first of a run; without gaps.</param>
public sealed record PayRunRecorded(int Number, DateTimeOffset At, Actor Actor, PayRunEvent Event);

/// <param name="Key">Of the form that opened it; null where forms had none yet.</param>
/// <param name="Person">The preparer, as the staff register knew them: they stay the same person under another id. Null where it did not.</param>
public sealed record RunOpened(DateOnly Until, Debtor Debtor, string Preparer, string? Key = null, PersonKey? Person = null) : PayRunEvent;

public sealed record LinesCollected(int Chunks, int Lines) : PayRunEvent;

public sealed record PayeesLookedUp : PayRunEvent;

public sealed record RunPrepared(Preparation Preparation) : PayRunEvent;

/// <summary>These may approve the run, and are asked to.</summary>
/// <param name="Staff">Empty when nobody may: it waits for the staff register, and is never waived.</param>
/// <param name="Reminder">Whoever was asked before has not decided.</param>
/// <param name="RemindAt">When they are asked once more; null for never.</param>
public sealed record ApproversNamed(IReadOnlyList<string> Staff, bool Reminder, DateTimeOffset? RemindAt) : PayRunEvent;

/// <summary>Somebody sends the mails now; nobody else does until then.</summary>
public sealed record AskingTaken(DateTimeOffset Until) : PayRunEvent;

/// <param name="Evidence">The provider's id of the mail.</param>
public sealed record ApproverAsked(string Staff, string? Evidence) : PayRunEvent;

/// <param name="Reason">Class of the error.</param>
/// <param name="NotBefore">When it is tried again; null for never.</param>
/// <param name="Stuck">It has failed so often that people are told.</param>
public sealed record ApproverNotAsked(string Staff, string Reason, int Attempts, DateTimeOffset? NotBefore, bool Stuck) : PayRunEvent;

/// <summary>The provider says that the mail did not arrive.</summary>
public sealed record ApprovalMailReturned(string Staff, string Reason) : PayRunEvent;

/// <param name="Digest">What the approver was shown.</param>
public sealed record RunApproved(string Approver, string Digest) : PayRunEvent;

/// <summary>They were approved, and are not paid.</summary>
public sealed record LinesDropped(int Chunk, IReadOnlyList<DroppedLine> Lines) : PayRunEvent;

public sealed record DroppedLine(string Entitlement, Money Amount, Exclusion Reason);

public sealed record RunCommitted(Order Order) : PayRunEvent;

public sealed record FilesWritten(BankFile File, BankFile? OneCard) : PayRunEvent;

/// <param name="Instead">The other file had been downloaded before, and they said that it is not handed in.</param>
public sealed record FileDownloaded(BankFileKind Kind, string Staff, bool Instead = false) : PayRunEvent;

/// <summary>Somebody has uploaded an answer of the bank, or entered one. It counts for nothing until another person confirms it.</summary>
/// <param name="MessageId">As the bank calls its answer.</param>
/// <param name="CreatedAt">When the bank made it.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Person">Who uploaded it, as the staff register knew them: they stay the same person under another id. Null where it did not.</param>
/// <param name="Document">In which the bank says so, where it has sent no file and the answer was entered by hand; null otherwise.</param>
public sealed record AnswerProposed(
    string MessageId, DateTimeOffset CreatedAt, string Sha256, string Staff, PersonKey? Person, [property: Personal] string? Document = null) : PayRunEvent;

/// <summary>An uploaded answer is given up: nothing of it counts.</summary>
public sealed record AnswerDeclined(string Sha256, string Staff, [property: Personal] string? Reason) : PayRunEvent;

/// <inheritdoc cref="AnswerProposed"/>
/// <summary>An answer of the bank counts, and is applied from now on.</summary>
/// <param name="Staff">Who uploaded it, and the event's actor has confirmed it; null when it came through the inbox.</param>
public sealed record AnswerTaken(string MessageId, DateTimeOffset CreatedAt, string Sha256, string? Staff) : PayRunEvent;

/// <param name="Outcomes">Of all payments, afterwards.</param>
public sealed record AnswerApplied(string MessageId, IReadOnlyDictionary<LineOutcome, Total> Outcomes) : PayRunEvent;

/// <summary>A person has looked, and it may be paid, from the next run on.</summary>
public sealed record FlagCleared(string Entitlement, FlagKind Kind, string Subject, string? Other, string Staff, [property: Personal] string? Reason) : PayRunEvent;

/// <summary>A person has looked at what the bank says and the books did not take.</summary>
/// <param name="Outcome">Settled or failed where the books take it now; resolved where nothing was entered.</param>
public sealed record DisputeEnded(
    string Entitlement, int Attempt, Money Amount, LineOutcome Outcome, string Staff, [property: Personal] string? Reason) : PayRunEvent;

public sealed record DiscardOrdered(string Staff, [property: Personal] string? Reason) : PayRunEvent;

public sealed record RunDiscarded : PayRunEvent;

/// <summary>Every payment is answered for good; or nothing was left to pay.</summary>
public sealed record RunClosed : PayRunEvent;
