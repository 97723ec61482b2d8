using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;

namespace Subsidy.Web.Keys;

/// <summary>The header <c>Idempotency-Key</c>: 22 to 128 visible ASCII characters, chosen by the client at random.</summary>
public sealed class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int Shortest = 22;
    private const int Longest = 128;

    private readonly string _value;

    private IdempotencyKey(string value) => _value = value;

    /// <summary>Null when there is none, or it is not of that form.</summary>
    public static IdempotencyKey? Read(string? text) =>
        text is { Length: >= Shortest and <= Longest } && text.All(c => c is > ' ' and <= '~') ? new IdempotencyKey(text) : null;

    /// <summary>The application that this key stands for, now and at every retry. No look-up is needed to find it again.</summary>
    public string ApplicationId(Secrets secrets) =>
        Symbols.Derive(secrets.Key(SecretPurpose.ApplicationIds), _value, Reference.Length).ToLowerInvariant();

    internal static Problem Missing => Problem.Of(400, "idempotency-key", new Text("缺少幂等键。", "The idempotency key is missing."), new Text(
        $"请求头 {Header} 应为{Shortest}到{Longest}个可见字符，由客户端随机生成。",
        $"The header {Header} must have {Shortest} to {Longest} visible ASCII characters, chosen at random by the client."));

    internal static Problem OtherContent => Problem.Of(422, "idempotency-key", new Text("这个幂等键已经用过。", "This idempotency key was used before."), new Text(
        "它已用于另一份内容，请换一个。", "It was used with other content; use a new one."));
}
