using Subsidy.Core.Applications;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>What somebody wants of a pay run.</summary>
public abstract record PayRunCommand(Actor Actor);

/// <param name="Until">What is due up to this day.</param>
/// <param name="Debtor">The fund's account.</param>
/// <param name="Key">Of the form that was sent, chosen at random: sent twice, it opens one run.</param>
public sealed record OpenRun(string Staff, PayRunId Run, DateOnly Until, Debtor Debtor, string Key) : PayRunCommand(Actor.Staff(Staff));

/// <param name="Digest">Of what was shown (<see cref="Preparation.Digest"/>).</param>
public sealed record ApproveRun(string Staff, string Digest) : PayRunCommand(Actor.Staff(Staff));

/// <summary>Until it is approved, a run can be given up; everything in it is due again.</summary>
public sealed record DiscardRun(string Staff, string Reason) : PayRunCommand(Actor.Staff(Staff));

/// <param name="Instead">They know that the other file was downloaded, and that only one of the two may be handed in.</param>
public sealed record RecordDownload(string Staff, BankFileKind Kind, bool Instead = false) : PayRunCommand(Actor.Staff(Staff));

/// <summary>A person has looked at a flag.</summary>
public sealed record ClearFlag(string Staff, string Entitlement, FlagKind Kind, string Subject, string? Other, string Reason)
    : PayRunCommand(Actor.Staff(Staff))
{
    /// <summary>Keyed hashes of those whom it concerns, in both applications where there are two.</summary>
    public IReadOnlyList<PersonKey> Persons { get; init; } = [];
}

/// <summary>What the bank says and the books did not take comes to an end, one way or the other.</summary>
/// <param name="Before">Who has ended it already; null when nobody has.</param>
/// <param name="Outcome">What becomes of the line.</param>
public sealed record EndDispute(string Staff, string Entitlement, int Attempt, Money Amount, DisputeEnd? Before, LineOutcome Outcome, string Reason)
    : PayRunCommand(Actor.Staff(Staff))
{
    /// <summary>Keyed hashes of the applicant and the household.</summary>
    public IReadOnlyList<PersonKey> Persons { get; init; } = [];
}

/// <summary>Takes an answer from the inbox that fits the run. What it says is applied afterwards.</summary>
/// <param name="Before">How many answers had been taken when this one was found to fit.</param>
public sealed record TakeAnswer(string MessageId, DateTimeOffset CreatedAt, string Sha256, int Before) : PayRunCommand(Actor.Engine);

/// <summary>Hands in an answer that fits the run and did not come through the inbox.</summary>
/// <inheritdoc cref="AnswerProposed" path="/param[@name='Document']"/>
public sealed record ProposeAnswer(string Staff, string MessageId, DateTimeOffset CreatedAt, string Sha256, string? Document = null)
    : PayRunCommand(Actor.Staff(Staff));

/// <summary>Another person has looked at the answer that was handed in: it is taken.</summary>
/// <param name="Sha256">Of what was shown.</param>
/// <inheritdoc cref="TakeAnswer" path="/param[@name='Before']"/>
public sealed record ConfirmAnswer(string Staff, string Sha256, int Before) : PayRunCommand(Actor.Staff(Staff));

/// <inheritdoc cref="ConfirmAnswer" path="/param[@name='Sha256']"/>
public sealed record DeclineAnswer(string Staff, string Sha256, string Reason) : PayRunCommand(Actor.Staff(Staff));

/// <summary>Somebody is going to ask those who may approve the run.</summary>
/// <param name="Until">By then they are done, or it is another's turn.</param>
/// <param name="RemindAt">When they would be asked once more; null for never.</param>
public sealed record AskApprovers(DateTimeOffset Until, DateTimeOffset? RemindAt) : PayRunCommand(Actor.Engine);

/// <param name="Evidence">The provider's id of the mail.</param>
public sealed record RecordAsked(string Approver, string? Evidence) : PayRunCommand(Actor.Engine);

/// <param name="Reason">Class of the error, without anything personal.</param>
public sealed record RecordNotAsked(string Approver, string Reason) : PayRunCommand(Actor.Engine);

/// <summary>The provider says that a mail did not arrive.</summary>
/// <param name="Mail">Its id.</param>
public sealed record RecordReturnedMail(string Mail, string Reason) : PayRunCommand(Actor.Engine);

/// <summary>A phase is done in every chunk.</summary>
public sealed record EndCollecting(int Chunks, int Lines) : PayRunCommand(Actor.Engine);

public sealed record EndLooking() : PayRunCommand(Actor.Engine);

public sealed record EndGathering(Preparation Preparation) : PayRunCommand(Actor.Engine);

/// <summary>What was approved and cannot be paid any more.</summary>
public sealed record DropLines(int Chunk, IReadOnlyList<DroppedLine> Lines) : PayRunCommand(Actor.Engine);

/// <param name="Digest">Over the lines that are left.</param>
public sealed record EndCommitting(Total Total, string Digest) : PayRunCommand(Actor.Engine);

public sealed record EndWriting(BankFile File, BankFile? OneCard) : PayRunCommand(Actor.Engine);

public sealed record EndDiscarding() : PayRunCommand(Actor.Engine);

/// <param name="Answer">Number of the event that took it.</param>
public sealed record EndAnswering(int Answer, IReadOnlyDictionary<LineOutcome, Total> Outcomes) : PayRunCommand(Actor.Engine);
