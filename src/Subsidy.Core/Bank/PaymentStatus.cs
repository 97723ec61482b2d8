namespace Subsidy.Core.Bank;

/// <summary>What a status code of the bank means for a payment.</summary>
public enum PaymentStatus
{
    /// <summary>The bank has it, but has not said yes or no; or its code is unknown here. No money is posted.</summary>
    Pending,

    /// <summary>The bank will pay and is on its way to.</summary>
    Accepted,

    /// <summary>Paid.</summary>
    Settled,

    /// <summary>Not paid, and will not be under this end-to-end id.</summary>
    Rejected,
}
