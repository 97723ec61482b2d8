using System.Globalization;
using Subsidy.Core.Funds;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Payments;

/// <summary>
/// Where the rows of pay runs lie. A partition for each run, so that one transaction can hold its head, its events and a chunk; one for
/// each fund-year with the numbers that were taken; and one with the runs that are not over.
/// </summary>
internal static class PayRunRows
{
    public const string Head = "head";

    /// <summary>No run and no fund-year is called so: their names end with a number.</summary>
    public const string Unfinished = "unfinished";

    public const string LastNumber = "last";

    public static string Numbers(FundKey fund) => fund.ToString();

    public static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"{Kinds.Number}{number:D6}");

    public static string Event(int number) => string.Create(CultureInfo.InvariantCulture, $"{Kinds.Event}{number:D8}");

    public static string Chunk(int number) => string.Create(CultureInfo.InvariantCulture, $"{Kinds.Chunk}{number:D5}");

    public static string Opening(string key) => Kinds.Opening + RowKeys.HashOf(key);

    public static string Answer(string messageId) => Kinds.Answer + RowKeys.HashOf(messageId);

    public static int NumberOf(string rowKey) => int.Parse(rowKey.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What a row key begins with.</summary>
    public static class Kinds
    {
        public const string Number = "r|";
        public const string Opening = "o|";
        public const string Event = "e|";
        public const string Chunk = "c|";
        public const string Answer = "a|";
    }
}
