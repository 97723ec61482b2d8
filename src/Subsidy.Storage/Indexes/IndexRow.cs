using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;

namespace Subsidy.Storage.Indexes;

/// <summary>A row by which applications are found. Nothing personal stands in it.</summary>
/// <param name="Columns">Text and whole numbers.</param>
internal sealed record IndexRow(string Partition, string Row, SortedDictionary<string, object> Columns)
{
    /// <summary>The column that every row has: whose it is.</summary>
    public const string Application = "Application";

    /// <summary>Partition and row; a stroke can be in neither.</summary>
    public string Key => $"{Partition}/{Row}";

    /// <summary>Tells whether the content is what it was; short, because the head keeps it.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Columns)).AsSpan(0, 6));

    public TableEntity ToEntity()
    {
        var entity = new TableEntity(Partition, Row);
        foreach (var (name, value) in Columns)
            entity[name] = value;
        return entity;
    }
}
