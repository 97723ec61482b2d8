using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;

namespace Subsidy.Storage.Indexes;

/// <summary>A row by which applications are found. Nothing personal stands in it.</summary>
/// <param name="Key">Row key: <c>{kind}|…</c>.</param>
/// <param name="Columns">Text and whole numbers.</param>
internal sealed record IndexRow(string Key, SortedDictionary<string, object> Columns)
{
    /// <summary>
    /// All rows lie in one partition, told apart by how their keys begin, so that whatever changes for an application is one
    /// transaction. A partition takes 2,000 rows a second: hundreds of applications going on at once.
    /// </summary>
    public const string Partition = "index";

    /// <summary>The column that every row has: whose it is.</summary>
    public const string Application = "Application";

    /// <summary>Tells whether the content is what it was; short, because the head keeps it.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Columns)).AsSpan(0, 6));

    public TableEntity ToEntity()
    {
        var entity = new TableEntity(Partition, Key);
        foreach (var (name, value) in Columns)
            entity[name] = value;
        return entity;
    }
}
