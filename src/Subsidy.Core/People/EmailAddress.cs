using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Subsidy.Core.People;

/// <summary>
/// An e-mail address as providers give them out: dot-atom @ host name (RFC 5321 and 5322 without quoted names, comments,
/// address literals and internationalised names). At most 254 characters.
/// </summary>
/// <remarks>Personal data: <see cref="ToString"/> masks. No accepted character can end or split a mail header.</remarks>
public sealed partial record EmailAddress
{
    private const int Longest = 254;
    private const int LongestName = 64;

    private EmailAddress(string value) => Value = value;

    /// <summary>The address, its host in small letters.</summary>
    public string Value { get; }

    /// <summary>The first character and the host: <c>z***@qq.com</c>.</summary>
    public string Masked => $"{Value[0]}***{Value[Value.IndexOf('@')..]}";

    public override string ToString() => Masked;

    /// <param name="text">As typed or pasted: full-width letters and outer spaces are accepted.</param>
    /// <param name="value">The address when it is sound.</param>
    /// <param name="fault">What is wrong and what would be right; never repeats the address.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out EmailAddress? value,
        [NotNullWhen(false)] out Text? fault)
    {
        var address = Pasted.Line(text);
        var at = address.IndexOf('@');
        fault = FaultOf(address, at);
        value = fault is null ? new EmailAddress(address[..at] + address[at..].ToLowerInvariant()) : null;
        return value is not null;
    }

    private static Text? FaultOf(string address, int at) => address switch
    {
        "" => new("请填写电子邮箱，例如zhangsan@example.com。", "Enter an e-mail address, such as zhangsan@example.com."),
        { Length: > Longest } => new(
            $"电子邮箱最多{Longest}个字符，现在是{address.Length}个。",
            $"An e-mail address has at most {Longest} characters; this one has {address.Length}."),
        _ when at < 0 || at != address.LastIndexOf('@') => new(
            "电子邮箱中应有且只有一个“@”，例如zhangsan@example.com。",
            "An e-mail address has exactly one @, as in zhangsan@example.com."),
        _ when at > LongestName || !Name().IsMatch(address.AsSpan(0, at)) => new(
            $"电子邮箱“@”前应为1至{LongestName}个字母、数字或符号，不含空格、中文，点不能在首尾或相连。",
            $"Before the @ stand 1 to {LongestName} letters, digits or signs, without spaces and Chinese characters; a dot is neither first nor last nor doubled."),
        _ when !Host().IsMatch(address.AsSpan(at + 1)) => new(
            "电子邮箱“@”后应为域名，例如qq.com，不含空格、中文和其他符号。",
            "After the @ stands a host name such as qq.com, without spaces, Chinese characters and other signs."),
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
