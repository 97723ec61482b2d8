using System.Security.Cryptography;
using System.Text;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Keys;

/// <summary>Words over <see cref="Reference.Alphabet"/> that derive from a secret key and a text.</summary>
internal static class Symbols
{
    /// <summary>The same key and text always give the same word; each symbol carries 4.9 bits.</summary>
    public static string Derive(byte[] key, string text, int length)
    {
        var word = new StringBuilder(length);
        for (byte block = 0; word.Length < length; block++)
        {
            foreach (var value in HMACSHA256.HashData(key, (byte[])[block, .. Encoding.UTF8.GetBytes(text)]))
            {
                // Bytes beyond the last whole multiple of the alphabet are passed over: every symbol is equally likely.
                if (value < byte.MaxValue / Reference.Alphabet.Length * Reference.Alphabet.Length && word.Length < length)
                    word.Append(Reference.Alphabet[value % Reference.Alphabet.Length]);
            }
        }
        return word.ToString();
    }
}
