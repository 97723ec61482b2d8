namespace Subsidy.Core.Applications;

/// <summary>Why a command changed nothing. Each code is one answer of the HTTP contract.</summary>
public enum RefusalCode
{
    /// <summary>Something in the input is wrong; every fault is listed.</summary>
    Invalid,
    /// <summary>The person may not do this.</summary>
    NotAllowed,
    NotFound,
    /// <summary>The same act was done before; the message says by whom and when.</summary>
    AlreadyDone,
    /// <summary>The case is no longer where the person saw it; the message says what happened.</summary>
    MovedOn,
    /// <summary>The link or the time for this has ended.</summary>
    Expired,
    TooLarge,
}

/// <param name="Pointer">JSON pointer of the faulty field; empty when the fault is the whole.</param>
public sealed record Fault(string Pointer, Text Message);

public sealed record Refusal(RefusalCode Code, IReadOnlyList<Fault> Faults)
{
    public static Refusal Of(RefusalCode code, string zh, string en) => new(code, [new Fault("", new Text(zh, en))]);

    public static Refusal Invalid(params IReadOnlyList<Fault> faults) => new(RefusalCode.Invalid, faults);
}
