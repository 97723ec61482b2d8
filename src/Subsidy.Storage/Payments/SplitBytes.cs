using Azure.Data.Tables;

namespace Subsidy.Storage.Payments;

/// <summary>Bytes in as many binary properties of a row as they need: a property holds 64 KiB, a row 1 MiB with everything in it.</summary>
internal static class SplitBytes
{
    private const int PropertyLength = 64 * 1024;
    private const int MaxProperties = 15;

    public static void Write(TableEntity entity, byte[] bytes)
    {
        if (bytes.Length > PropertyLength * MaxProperties)
            throw new ArgumentException($"{bytes.Length} bytes do not fit into a row.", nameof(bytes));
        for (var i = 0; i * PropertyLength < bytes.Length; i++)
            entity[$"Data{i}"] = bytes[(i * PropertyLength)..Math.Min(bytes.Length, (i + 1) * PropertyLength)];
    }

    public static byte[] Read(TableEntity entity) =>
        [.. Enumerable.Range(0, MaxProperties).Select(i => entity.GetBinary($"Data{i}")).TakeWhile(part => part is not null).SelectMany(part => part)];
}
