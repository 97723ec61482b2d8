using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Streams;

/// <summary>Where an application's rows lie: all in one of 256 partitions, so that one transaction can hold them.</summary>
/// <remarks>
/// An id never starts a row key with <c>due|</c>, because it has twelve characters before its first bar.
/// </remarks>
internal static class Rows
{
    public const string DuePrefix = "due|";

    private const string DueFormat = "yyyyMMddHHmmssfffffff";

    public static IEnumerable<string> Shards => Enumerable.Range(0, 256).Select(shard => shard.ToString("x2", CultureInfo.InvariantCulture));

    /// <summary>First byte of SHA-256 of the id, in hexadecimal.</summary>
    public static string ShardOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 1));

    public static string Head(string id) => $"{id}|head";

    /// <summary>The application of a head or an event row.</summary>
    public static string IdOf(string rowKey) => rowKey[..rowKey.IndexOf('|', StringComparison.Ordinal)];

    public static string Event(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{id}|e|{number:D8}");

    public static string Due(string id, DateTimeOffset at) => $"{DueBefore(at)}|{id}";

    /// <summary>Sorts after every due row of an earlier moment, and before every one of this moment.</summary>
    public static string DueBefore(DateTimeOffset at) => DuePrefix + at.UtcDateTime.ToString(DueFormat, CultureInfo.InvariantCulture);

    public static (string Id, DateTimeOffset At) ParseDue(string rowKey)
    {
        var parts = rowKey.Split('|');
        var at = DateTime.ParseExact(parts[1], DueFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return (parts[2], new DateTimeOffset(at));
    }
}
