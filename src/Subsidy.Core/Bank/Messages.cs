using System.Globalization;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Bank;

/// <summary>Names of the two ISO 20022 messages, and how values are written in them.</summary>
internal static class Messages
{
    /// <summary>CustomerCreditTransferInitiationV09: what the township sends.</summary>
    public const string CreditTransferInitiation = "pain.001.001.09";

    /// <summary>CustomerPaymentStatusReportV10: what the bank answers.</summary>
    public const string PaymentStatusReport = "pain.002.001.10";

    public const string Currency = "CNY";

    /// <summary>The code of the Chinese clearing system in the ISO 20022 external code list.</summary>
    public const string Cnaps = "CNAPS";

    public static string Namespace(string message) => $"urn:iso:std:iso:20022:tech:xsd:{message}";

    public static string Decimal(Money amount) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount.Fen / 100}.{amount.Fen % 100:00}");

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Beijing time to the second with its offset, whatever offset the instant came with.</summary>
    public static string DateTime(DateTimeOffset at) =>
        at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
