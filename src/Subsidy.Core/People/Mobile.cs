using System.Diagnostics.CodeAnalysis;

namespace Subsidy.Core.People;

/// <summary>A mainland mobile number: 11 digits, the first 1, the second 3 to 9; no country code.</summary>
/// <remarks>Personal data: <see cref="ToString"/> masks.</remarks>
public sealed record Mobile
{
    private Mobile(string value) => Value = value;

    /// <summary>The 11 digits in full.</summary>
    public string Value { get; }

    /// <summary>First three and last four digits: <c>138****5678</c>.</summary>
    public string Masked => $"{Value[..3]}****{Value[7..]}";

    public override string ToString() => Masked;

    /// <param name="text">As typed or pasted: full-width digits and inner spaces are accepted.</param>
    /// <param name="value">The number when it is sound.</param>
    /// <param name="fault">What is wrong and what would be right; never repeats the number.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out Mobile? value,
        [NotNullWhen(false)] out Text? fault)
    {
        var number = Pasted.Number(text);
        fault = FaultOf(number);
        value = fault is null ? new Mobile(number) : null;
        return value is not null;
    }

    private static Text? FaultOf(string number) => number switch
    {
        "" => new("请填写11位手机号码。", "Enter the mobile number: 11 digits."),
        _ when !Pasted.IsDigits(number) => new(
            "手机号码只能由数字组成，不加区号、“+86”或横线，例如13812345678。",
            "A mobile number has digits only, without +86 and without dashes, such as 13812345678."),
        { Length: not 11 } => new(
            $"手机号码应为11位数字，现在是{number.Length}位。",
            $"A mobile number has 11 digits; this one has {number.Length}."),
        _ when number[0] != '1' || number[1] < '3' => new(
            "手机号码应以13至19开头，例如13812345678。",
            "A mobile number starts with 13 to 19, such as 13812345678."),
        _ => null,
    };
}
