namespace Subsidy.Core.Applications;

/// <summary>
/// An entitlement that was handed over on the spot, out of the petty fund (备用金), or that was said to be: with a receipt and two
/// signatures, the payer's and that of a witness who was there.
/// </summary>
/// <param name="Number">Of the event by which the payer signed: names the handover.</param>
/// <param name="Receipt">Number of the receipt that the payee has signed.</param>
/// <param name="Payer">Id of the member of staff who handed it over.</param>
/// <param name="Witness">Id of the member of staff who is to sign as the second.</param>
/// <param name="Call">When somebody is next reminded of the second signature, or of deciding what happens without it.</param>
/// <param name="Calls">How often the witness was.</param>
public sealed record HandOver(
    int Number, HandOverKind Kind, string Receipt, Money Amount, string Payer, string Witness, DateTimeOffset SignedAt, HandOverState State,
    DateTimeOffset Call, int Calls)
{
    /// <summary>When it was witnessed or dropped.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who did; null for the books.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Those who were named as witnesses and say that they were not there, or that it was otherwise.</summary>
    public IReadOnlyList<string> Refusers { get; init; } = [];

    /// <summary>The witness does not sign; finance has yet to decide what happens.</summary>
    public bool Refused => Refusers.Contains(Witness);

    /// <summary>The second signature is missing.</summary>
    public bool Open => State is HandOverState.Signed or HandOverState.Held;
}

public enum HandOverKind { Cash, InKind }

public enum HandOverState
{
    /// <summary>The payer has signed; the books have yet to take it away from the pay runs.</summary>
    Signed,
    /// <summary>No pay run can take it any more; the witness is asked.</summary>
    Held,
    /// <summary>Both have signed.</summary>
    Witnessed,
    Dropped,
}

/// <summary>Why a handover came to nothing.</summary>
public enum HandOverEnd
{
    /// <summary>Somebody says so: nothing was handed over, or it was given back.</summary>
    TakenBack,
    /// <summary>The petty fund has less, by the books.</summary>
    TooLittleCash,
    /// <summary>The money was with the bank already, or was given up.</summary>
    NotFree,
}
