using System.Text;
using System.Text.Json;

namespace Subsidy.Storage.Streams;

/// <summary>One line of an exported history: an event exactly as stored, and its place in the chain.</summary>
/// <param name="PreviousHash">Lower-case hexadecimal, like <paramref name="Hash"/>.</param>
/// <param name="Text">The stored text, to the byte.</param>
public sealed record HistoryLine(string Application, int Number, string PreviousHash, string Hash, string Text)
{
    /// <summary>Stored rows, in the order of their numbers, each with the hash of the one that stands before it.</summary>
    internal static async IAsyncEnumerable<HistoryLine> ChainAsync(string id, IAsyncEnumerable<(int Number, byte[] Text, byte[] Hash)> rows)
    {
        var previous = HashChain.Genesis;
        await foreach (var (number, text, hash) in rows)
        {
            yield return new HistoryLine(id, number, Convert.ToHexStringLower(previous), Convert.ToHexStringLower(hash), Encoding.UTF8.GetString(text));
            previous = hash;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);

    /// <exception cref="JsonException">It is no such line.</exception>
    public static HistoryLine Parse(string json) =>
        JsonSerializer.Deserialize<HistoryLine>(json, StoredJson.Options) is { Application: not null, Text: not null, Hash: not null } line
            ? line
            : throw new JsonException("A history line has application, number, previousHash, hash and text.");
}
