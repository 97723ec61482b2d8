namespace Subsidy.Functions.Payments;

/// <summary>A piece of a pay run failed; it is done again.</summary>
public sealed class PayRunException(string message) : Exception(message);
