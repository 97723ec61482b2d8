using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>A pay run: the fold of its events, kept in its head row. Its lines lie in chunks beside it; nothing here is personal.</summary>
public sealed record PayRun
{
    public required PayRunId Id { get; init; }

    /// <summary>Number of the last event; the first is 1.</summary>
    public required int Version { get; init; }
    public required PayRunState State { get; init; }

    /// <summary>It takes what is due up to this day, and the bank pays no earlier.</summary>
    public required DateOnly Until { get; init; }
    public required Debtor Debtor { get; init; }

    /// <summary>Id of the member of staff who prepared it.</summary>
    public required string Preparer { get; init; }

    /// <summary>Keyed hash of their ID number, where the staff register had it.</summary>
    public PersonKey? PreparerPerson { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Of the form that opened it.</summary>
    public string? Key { get; init; }

    /// <summary>Time of the last event.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many chunks of lines there are; 0 until all are collected.</summary>
    public int Chunks { get; init; }

    /// <summary>How many lines were collected, those left out later among them.</summary>
    public int Lines { get; init; }

    /// <summary>What the approver is shown.</summary>
    public Preparation? Prepared { get; init; }

    /// <summary>Who was asked to approve it; null before anybody was.</summary>
    public Asking? Asking { get; init; }
    public Signature? Approved { get; init; }

    /// <summary>What the bank is ordered to pay.</summary>
    public Order? Ordered { get; init; }
    public BankFile? File { get; init; }

    /// <summary>The same for a one-card platform; null where a payee's ID number is not known.</summary>
    public BankFile? OneCard { get; init; }

    /// <summary>What was last heard of the payments; all pending before the first answer.</summary>
    public IReadOnlyDictionary<LineOutcome, Total> Outcomes { get; init; } = new Dictionary<LineOutcome, Total>();

    /// <summary>An answer that somebody has uploaded and nobody has confirmed yet.</summary>
    public ProposedAnswer? Proposed { get; init; }

    /// <summary>The bank's answer that is being applied.</summary>
    public AnswerInHand? Answer { get; init; }

    /// <summary>How many answers were taken, and when the bank made the latest of them.</summary>
    public int Answers { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public Signature? Discarded { get; init; }

    /// <summary>Who downloaded each of the two last.</summary>
    public IReadOnlyDictionary<BankFileKind, Signature> Downloads { get; init; } = new Dictionary<BankFileKind, Signature>();

    /// <summary>Who downloaded the other of the two last: both say the same, and only one may be handed in. Null when nobody has.</summary>
    public Signature? OtherDownload(BankFileKind kind) => Downloads.Where(one => one.Key != kind).Select(one => one.Value).FirstOrDefault();

    /// <summary>Null when it is not written, or there is no such kind.</summary>
    public BankFile? FileOf(BankFileKind kind) => kind switch
    {
        BankFileKind.PaymentOrder => File,
        BankFileKind.OneCard => OneCard,
        _ => null,
    };

    /// <summary>What there is to do without people and bank at this moment; null when they are awaited, or all is over.</summary>
    public PayRunPhase? PhaseAt(DateTimeOffset now) => State switch
    {
        PayRunState.Collecting => PayRunPhase.Collect,
        PayRunState.Looking => PayRunPhase.Look,
        PayRunState.Gathering => PayRunPhase.Gather,
        PayRunState.Prepared when Prepared is { Included.Count: > 0 } && Asking?.IsDue(now) is not false => PayRunPhase.Ask,
        PayRunState.Committing => PayRunPhase.Commit,
        PayRunState.Writing => PayRunPhase.Write,
        PayRunState.Discarding => PayRunPhase.Discard,
        PayRunState.Sent or PayRunState.Closed when Answer is not null => PayRunPhase.Answer,
        _ => null,
    };

    /// <summary>
    /// There is work to do, and nothing has come of it for an hour; no phase of the largest run takes that long. Whether approvers are asked
    /// is told by itself.
    /// </summary>
    public bool StandsStill(DateTimeOffset now) => PhaseAt(now) is { } phase and not PayRunPhase.Ask && now - UpdatedAt >= TimeSpan.FromHours(1);

    /// <summary>Whether a chunk that stands there is the run's: a worker that came too late may have added another after the last.</summary>
    public bool Counts(int chunk) => State is PayRunState.Collecting || chunk < Chunks;

    /// <summary>Some lines were left out, failed or are disputed.</summary>
    public bool Remarkable =>
        Prepared?.Excluded.Count > 0
        || Ordered?.Total.Count < Prepared?.Included.Count
        || Outcomes.ContainsKey(LineOutcome.Failed)
        || Outcomes.ContainsKey(LineOutcome.Disputed);

    /// <summary>Over, but for money that comes back; and nobody has handed in an answer that says so.</summary>
    public bool Final => State is PayRunState.Closed or PayRunState.Discarded && Answer is null && Proposed is null;
}

public enum PayRunState
{
    /// <summary>What is due is listed.</summary>
    Collecting,
    /// <summary>Payees are looked up.</summary>
    Looking,
    /// <summary>What may be paid is taken from the books, so that no other run takes it.</summary>
    Gathering,
    /// <summary>Frozen, and shown: another person approves it.</summary>
    Prepared,
    /// <summary>Approved: what still stands is committed.</summary>
    Committing,
    Writing,
    /// <summary>The bank file is there; the bank's answer is awaited.</summary>
    Sent,
    /// <summary>Every payment is answered for good.</summary>
    Closed,
    Discarding,
    Discarded,
}

/// <summary>A round of work over the chunks. Each may be repeated, and done by several at once.</summary>
public enum PayRunPhase
{
    Collect,
    Look,
    Gather,
    Commit,
    Write,
    Discard,
    Answer,
    /// <summary>Those who may approve the run are told of it; nobody has to wait for that.</summary>
    Ask,
}

/// <param name="Excluded">By reason.</param>
/// <param name="Schemes">What is included, by scheme.</param>
/// <param name="Before">The latest run of the fund-year before this one that came to something.</param>
/// <param name="Digest">Over the included lines: what is approved.</param>
public sealed record Preparation(
    Total Included, IReadOnlyDictionary<Exclusion, Total> Excluded, IReadOnlyDictionary<string, Total> Schemes, RunBefore? Before, string Digest)
{
    /// <inheritdoc cref="ChunkTally.Concerned"/>
    public IReadOnlyList<string> Concerned { get; init; } = [];

    /// <inheritdoc cref="ChunkTally.Deciders"/>
    public IReadOnlyList<string> Deciders { get; init; } = [];
}

public sealed record RunBefore(PayRunId Run, Total Included);

public sealed record Signature(string Staff, DateTimeOffset At);

/// <param name="ExecutionDate">The day on which the bank is to pay, in Beijing.</param>
/// <param name="At">Creation time in the bank file.</param>
/// <param name="Digest">Over the lines that are ordered.</param>
public sealed record Order(Total Total, DateOnly ExecutionDate, DateTimeOffset At, string Digest);

/// <param name="Sha256">Of the plain content, lower-case hexadecimal.</param>
/// <param name="Length">In bytes.</param>
public sealed record BankFile(string Sha256, long Length);

public enum BankFileKind
{
    /// <summary>ISO 20022 <c>pain.001.001.09</c>.</summary>
    PaymentOrder,
    /// <summary>CSV for a one-card platform.</summary>
    OneCard,
}

/// <inheritdoc cref="AnswerProposed"/>
public sealed record ProposedAnswer(string MessageId, DateTimeOffset CreatedAt, string Sha256, string Staff, PersonKey? Person, DateTimeOffset At);

/// <param name="Number">Of the event that took it.</param>
/// <param name="MessageId">As the bank calls it.</param>
public sealed record AnswerInHand(int Number, string MessageId, DateTimeOffset CreatedAt, string Sha256);
