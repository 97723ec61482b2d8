using System.Text.RegularExpressions;

namespace Subsidy.Core.Bank;

/// <summary>
/// What the text types of the ISO 20022 schemas and the banks' usage rules allow in a field. Lengths count UTF-16 units, as .NET and
/// Java validators do: never more lenient than a count of characters.
/// </summary>
internal static partial class FieldRules
{
    // 18 digits in all, two of them behind the point.
    private const long MaxFen = 999_999_999_999_999_999;

    public static Text? Amount(Money amount, Text field) => amount.Fen switch
    {
        <= 0 => new($"{field.Zh}应大于零。", $"{field.En} must be more than zero."),
        > MaxFen => new($"{field.Zh}超过18位数字。", $"{field.En} has more than 18 digits."),
        _ => null,
    };

    /// <summary>Adds sound amounts; a sum too large for a control sum stays as it is, which no control sum agrees with.</summary>
    public static Money Sum(Money sum, Money amount) => sum.Fen > MaxFen ? sum : sum + amount;

    /// <summary>Words of people, in any script: not blank, no line breaks or other control characters.</summary>
    public static Text? Words(string? value, int maxLength, Text field)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Missing(field);
        if (value.Length > maxLength)
            return TooLong(value, maxLength, field);
        return IsPrintable(value)
            ? null
            : new($"{field.Zh}含有换行、控制字符或无效字符。", $"{field.En} has line breaks, control characters or invalid characters.");
    }

    /// <summary>The usage rule of identifiers: the plain Latin set without spaces, no slash at either end, no two in a row.</summary>
    public static Text? Identifier(string? value, Text field)
    {
        const int maxLength = 35;
        if (string.IsNullOrEmpty(value))
            return Missing(field);
        if (value.Length > maxLength)
            return TooLong(value, maxLength, field);
        return IdentifierPattern().IsMatch(value)
            ? null
            : new(
                $"{field.Zh}只能用英文字母、数字和 - . : ? ( ) , ' + 以及中间的单个 / 。",
                $"{field.En} may have Latin letters, digits, - . : ? ( ) , ' + and single slashes inside.");
    }

    public static Text? Account(string? value, Text field)
    {
        const int maxLength = 34;
        if (string.IsNullOrEmpty(value))
            return Missing(field);
        if (value.Length > maxLength)
            return TooLong(value, maxLength, field);
        return AccountPattern().IsMatch(value)
            ? null
            : new($"{field.Zh}只能用数字、英文字母和中间的横线。", $"{field.En} may have digits, Latin letters and hyphens inside.");
    }

    public static Text? Cnaps(string? value) => value is null || CnapsPattern().IsMatch(value)
        ? null
        : new("联行号应为12位数字。", "The CNAPS code of the branch has 12 digits.");

    public static Text? Purpose(string? value) => value is null || PurposePattern().IsMatch(value)
        ? null
        : new("用途代码应为4位大写字母或数字。", "The purpose code has 4 capital letters or digits.");

    private static Text Missing(Text field) => new($"缺少{field.Zh}。", $"{field.En} is missing.");

    private static Text TooLong(string value, int maxLength, Text field) => new(
        $"{field.Zh}最多{maxLength}个字符，现在是{value.Length}个。",
        $"{field.En} may have {maxLength} characters; this one has {value.Length}.");

    private static bool IsPrintable(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var pair = i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]);
            if (pair)
                i++;
            else if (char.IsControl(value[i]) || char.IsSurrogate(value[i]) || value[i] is '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029')
                return false;
        }
        return true;
    }

    // \z and not $: the latter would let a newline at the end pass.
    [GeneratedRegex(@"^(?!/)(?!.*//)(?!.*/\z)[A-Za-z0-9/\-?:().,'+]+\z", RegexOptions.None, 1000)]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex(@"^[0-9A-Za-z](?:[0-9A-Za-z\-]*[0-9A-Za-z])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccountPattern();

    [GeneratedRegex(@"^[0-9]{12}\z", RegexOptions.None, 1000)]
    private static partial Regex CnapsPattern();

    [GeneratedRegex(@"^[A-Z0-9]{4}\z", RegexOptions.None, 1000)]
    private static partial Regex PurposePattern();
}
