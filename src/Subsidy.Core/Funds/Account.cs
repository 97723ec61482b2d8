namespace Subsidy.Core.Funds;

/// <summary>
/// The accounts of one fund-year. Every posting takes an amount from one and puts it into another, so that all of them together are
/// always zero; none but <see cref="Budget"/> is ever below zero.
/// </summary>
public enum Account
{
    /// <summary>Where the appropriation comes from: what it has given stands here with a minus.</summary>
    Budget,
    /// <summary>Appropriated and promised to nobody.</summary>
    Available,
    /// <summary>Promised to an entitlement.</summary>
    Reserved,
    /// <summary>In a pay run that two people stand behind; the bank has not answered yet.</summary>
    Committed,
    /// <summary>In the payee's hands.</summary>
    Paid,
    /// <summary>The petty fund (备用金): cash that was handed to the township's cashier.</summary>
    Petty,
    /// <summary>Paid out, and claimed back.</summary>
    Receivable,
    /// <summary>Claimed back in vain.</summary>
    WrittenOff,
    /// <summary>Promised at the year's end, and carried into the next year's books (结转).</summary>
    CarriedOver,
}
