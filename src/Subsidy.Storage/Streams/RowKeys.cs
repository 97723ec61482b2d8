using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Streams;

/// <summary>What keys of rows and partitions are made of, whatever the table.</summary>
internal static class RowKeys
{
    /// <summary>Sorts after every row whose key begins with this kind, a text that ends with a bar.</summary>
    public static string After(string kind) => kind[..^1] + '}';

    /// <summary>Stands for a text of others, which may hold what a key must not.</summary>
    public static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
