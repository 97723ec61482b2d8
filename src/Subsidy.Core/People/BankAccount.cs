using System.Diagnostics.CodeAnalysis;

namespace Subsidy.Core.People;

/// <summary>The number of a bank card or of a passbook account.</summary>
/// <remarks>Personal data: <see cref="ToString"/> masks.</remarks>
public sealed record BankAccount
{
    private BankAccount(string value, BankAccountKind kind) => (Value, Kind) = (value, kind);

    /// <summary>All digits.</summary>
    public string Value { get; }

    public BankAccountKind Kind { get; }

    /// <summary>The last four digits behind four stars whatever the length: <c>****1234</c>.</summary>
    public string Masked => $"****{Value[^4..]}";

    public override string ToString() => Masked;

    /// <summary>
    /// For a number of which nobody said what it is. It is a card when it fits a card; what can only be a UnionPay card (it
    /// begins with 62 and has 16 to 19 digits) must fit; anything else is a passbook.
    /// </summary>
    /// <inheritdoc cref="TryParse(string?, BankAccountKind, out BankAccount?, out Text?)"/>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out BankAccount? value,
        [NotNullWhen(false)] out Text? fault)
    {
        var number = Pasted.Number(text);
        var unionPay = number.Length is >= 16 and <= 19 && number.StartsWith("62", StringComparison.Ordinal);
        var kind = unionPay || CardFault(number) is null ? BankAccountKind.Card : BankAccountKind.Passbook;
        return TryParse(text, kind, out value, out fault);
    }

    /// <param name="text">As typed or pasted: full-width digits and inner spaces are accepted.</param>
    /// <param name="kind">What the payee says that it is.</param>
    /// <param name="value">The account when it is sound.</param>
    /// <param name="fault">What is wrong and what would be right; never repeats the number.</param>
    public static bool TryParse(
        string? text,
        BankAccountKind kind,
        [NotNullWhen(true)] out BankAccount? value,
        [NotNullWhen(false)] out Text? fault)
    {
        var number = Pasted.Number(text);
        fault = FormFault(number) ?? (kind == BankAccountKind.Card ? CardFault(number) : PassbookFault(number));
        value = fault is null ? new BankAccount(number, kind) : null;
        return value is not null;
    }

    private static Text? FormFault(string number) => number switch
    {
        "" => new("请填写银行卡号或存折账号。", "Enter the number of a bank card or passbook."),
        _ when !Pasted.IsDigits(number) => new(
            "银行卡号或存折账号只能由数字组成，不加横线或文字。",
            "The number of a bank card or passbook has digits only, without dashes or words."),
        _ => null,
    };

    private static Text? CardFault(string number) => number switch
    {
        { Length: < 12 or > 19 } => new(
            $"银行卡号应为12至19位数字，现在是{number.Length}位。",
            $"A bank card number has 12 to 19 digits; this one has {number.Length}."),
        _ when Pasted.IsDigits(number) && Luhn.Fits(number) => null,
        _ => new(
            "银行卡号的校验位（最后一位）不符，请对照银行卡逐位核对。",
            "The check digit (the last one) of the bank card number does not fit; please compare every digit with the card."),
    };

    private static Text? PassbookFault(string number) => number.Length is >= 8 and <= 32
        ? null
        : new(
            $"存折账号应为8至32位数字（银行卡号为12至19位），现在是{number.Length}位。",
            $"A passbook account has 8 to 32 digits (a bank card 12 to 19); this one has {number.Length}.");
}
