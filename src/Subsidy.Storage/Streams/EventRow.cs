using Azure.Data.Tables;

namespace Subsidy.Storage.Streams;

/// <summary>One event: its stored text in as many binary properties as it needs, and its hash.</summary>
internal sealed record EventRow(int Number, byte[] Text, byte[] Hash)
{
    /// <summary>A property holds at most 64 KiB; a row 1 MiB with everything in it.</summary>
    public const int PropertyLength = 64 * 1024;
    public const int MaxProperties = 15;
    public const int MaxLength = PropertyLength * MaxProperties;

    /// <exception cref="AppendTooLargeException">The text does not fit into a row.</exception>
    public TableEntity ToEntity(string id)
    {
        if (Text.Length > MaxLength)
            throw new AppendTooLargeException($"Event {Number} of application {id} has {Text.Length} bytes; a row takes {MaxLength}.");
        var entity = new TableEntity(Rows.ShardOf(id), Rows.Event(id, Number)) { ["Hash"] = Hash };
        for (var i = 0; i * PropertyLength < Text.Length; i++)
            entity[$"Data{i}"] = Text[(i * PropertyLength)..Math.Min(Text.Length, (i + 1) * PropertyLength)];
        return entity;
    }

    public static EventRow Of(TableEntity entity, int number)
    {
        var parts = Enumerable.Range(0, MaxProperties).Select(i => entity.GetBinary($"Data{i}")).TakeWhile(part => part is not null);
        return new EventRow(number, [.. parts.SelectMany(part => part)], entity.GetBinary("Hash"));
    }
}
