namespace Subsidy.Core.Payments;

/// <summary>Where the files of a run, and the bank's answers, are kept.</summary>
public static class BankFileNames
{
    public static string Of(PayRunId run, BankFileKind kind) => kind switch
    {
        BankFileKind.PaymentOrder => $"runs/{run}/payment-order.xml",
        BankFileKind.OneCard => $"runs/{run}/one-card.csv",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Answer(PayRunId run, string sha256) => $"runs/{run}/answers/{sha256}.xml";

    public static string Refused(string sha256) => $"refused/{sha256}";
}
