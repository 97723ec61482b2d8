using System.Globalization;
using Azure.Data.Tables;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Funds;

/// <summary>Where the rows of a fund-year lie: all in one partition, so that one transaction can hold them.</summary>
internal static class FundRows
{
    public const string Head = "head";

    private const string Content = nameof(FundEntry.Content);

    /// <summary>The partition that lists the fund-years. No fund-year is called so: its name ends with a year.</summary>
    public const string Years = "years";

    public static string Entry(int number) => string.Create(CultureInfo.InvariantCulture, $"{Kinds.Entry}{number:D10}");

    public static string Position(string entitlement) => Kinds.Position + entitlement;

    public static string Ticket(int ticket) => string.Create(CultureInfo.InvariantCulture, $"{Kinds.Ticket}{ticket:D10}");

    public static string Due(DateOnly due, string entitlement) => $"{Kinds.Due}{Day(due)}|{entitlement}";

    /// <summary>Sorts after every due row of the day, and before every one of the next.</summary>
    public static string DueAfter(DateOnly day) => $"{Kinds.Due}{Day(day)}}}";

    public static string HandedOut(string entitlement) => Kinds.HandedOut + entitlement;

    public static string News(string entitlement) => Kinds.News + entitlement;

    public static string Once(string entry) => Kinds.Once + RowKeys.HashOf(entry);

    public static TableEntity Once(string partition, FundEntry entry, long turn)
    {
        var row = new TableEntity(partition, Once(entry.Id)) { [nameof(FundHeadRow.Turn)] = turn };
        if (entry.Content is { } content)
            row[Content] = RowKeys.HashOf(content);
        return row;
    }

    /// <summary>Whether it was carried out with this content.</summary>
    public static bool Says(TableEntity once, FundEntry entry) => entry.Content is null || once.GetString(Content) == RowKeys.HashOf(entry.Content);

    /// <summary>The rows that stand for a position while it is in this state, besides its own.</summary>
    public static IEnumerable<string> DerivedFrom(Position? position) => position?.State switch
    {
        PositionState.Waiting => [Ticket(position.Ticket)],
        PositionState.Reserved => [Due(position.Due, position.Entitlement)],
        PositionState.HandedOut => [HandedOut(position.Entitlement)],
        _ => [],
    };

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>What a row key begins with.</summary>
    public static class Kinds
    {
        public const string Entry = "p|";
        public const string Position = "e|";
        public const string Ticket = "q|";
        public const string Due = "d|";
        public const string HandedOut = "h|";
        public const string News = "n|";
        public const string Once = "x|";
    }
}
