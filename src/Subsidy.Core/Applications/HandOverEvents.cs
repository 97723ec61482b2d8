using Subsidy.Core.Funds;

namespace Subsidy.Core.Applications;

// Handing over on the spot. The closed list of all events stands at Event.

/// <summary>The payer has handed it over and signs for it.</summary>
/// <param name="Goods">What was given, where it was not cash.</param>
/// <param name="Receipt">Number of the receipt that the payee has signed.</param>
/// <param name="Photos">Of the receipt.</param>
/// <param name="CallAt">When the witness is reminded.</param>
public sealed record HandOverSigned(
    string Entitlement,
    HandOverKind Kind,
    [property: Personal] string? Goods,
    string Receipt,
    Money Amount,
    IReadOnlyList<Paper> Photos,
    string Payer,
    string Witness,
    DateTimeOffset CallAt) : Event;

/// <summary>The books have taken it away from the pay runs: now the witness is asked.</summary>
/// <param name="Change">Number of the position's change in the books.</param>
public sealed record HandOverHeld(string Entitlement, FundKey Fund, int Change) : Event;

/// <summary>The witness was reminded; one who has refused is not, only those who have to decide.</summary>
/// <param name="Staff">Who is told as well.</param>
public sealed record HandOverCalled(string Entitlement, IReadOnlyList<string> Staff, DateTimeOffset Next) : Event;

/// <summary>The second signature: the witness was there.</summary>
/// <param name="HandOver">Number of the event by which the payer signed.</param>
public sealed record HandOverWitnessed(string Entitlement, int HandOver, string Witness) : Event;

/// <summary>The witness was not there, or it was otherwise. What becomes of the money is for finance to decide.</summary>
/// <param name="HandOver">Number of the event by which the payer signed.</param>
/// <param name="Told">Who has to know.</param>
/// <param name="CallAt">When they are reminded.</param>
public sealed record HandOverRefused(
    string Entitlement, int HandOver, string Witness, [property: Personal] string? Reason, IReadOnlyList<string> Told, DateTimeOffset CallAt) : Event;

/// <summary>Somebody else is asked for the second signature.</summary>
/// <param name="HandOver">Number of the event by which the payer signed.</param>
/// <param name="Staff">Who says that the witness was there.</param>
/// <param name="CallAt">When the witness is reminded.</param>
public sealed record HandOverWitnessNamed(string Entitlement, int HandOver, string Staff, string Witness, DateTimeOffset CallAt) : Event;

/// <param name="HandOver">Number of the event by which the payer signed.</param>
/// <param name="Staff">Who dropped it; null when the books could not take it.</param>
/// <param name="Told">Who has to know.</param>
public sealed record HandOverDropped(
    string Entitlement, int HandOver, HandOverEnd Why, string? Staff, [property: Personal] string? Reason, IReadOnlyList<string> Told) : Event;
