using System.Globalization;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Bank;

/// <summary>Values of ISO 20022 types, each of which may come once.</summary>
internal static class FieldReader
{
    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static async ValueTask<string> IdAsync(this MessageReader xml, string? before) => await xml.OnceAsync(before, 35);

    /// <summary>An instant; one without an offset is Beijing time, which is what a Chinese bank means.</summary>
    public static async ValueTask<DateTimeOffset> DateTimeAsync(this MessageReader xml, DateTimeOffset? before)
    {
        xml.DemandFirst(before is null);
        var text = await xml.TextAsync(40);
        if (DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year > 1)
            return new DateTimeOffset(local, ChinaTime.Offset);
        return DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw xml.Refused("时间无效", "the time is not valid");
    }

    public static async ValueTask<DateOnly> DateAsync(this MessageReader xml, DateOnly? before)
    {
        xml.DemandFirst(before is null);
        // A date may carry an offset (2026-11-24+08:00), which does not change which day is written.
        var text = await xml.TextAsync(16);
        return DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw xml.Refused("日期无效", "the date is not valid");
    }

    public static async ValueTask<int> CountAsync(this MessageReader xml, int? before)
    {
        xml.DemandFirst(before is null);
        return int.TryParse(await xml.TextAsync(15), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw xml.Refused("笔数无效", "the number of transactions is not valid");
    }

    /// <summary>Renminbi with its currency stated.</summary>
    public static async ValueTask<Money> AmountAsync(this MessageReader xml, Money? before)
    {
        if (xml.Attribute("Ccy") != Messages.Currency)
            throw xml.Refused("币种不是人民币（CNY）", "the currency is not renminbi (CNY)");
        return await xml.SumAsync(before);
    }

    /// <summary>A control sum, which has no currency of its own.</summary>
    public static async ValueTask<Money> SumAsync(this MessageReader xml, Money? before)
    {
        xml.DemandFirst(before is null);
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (!decimal.TryParse(await xml.TextAsync(20), style, CultureInfo.InvariantCulture, out var yuan)
            || decimal.Truncate(yuan * 100) != yuan * 100
            || yuan < 0
            || yuan * 100 > long.MaxValue)
            throw xml.Refused("金额无效，或不足一分", "the amount is not valid, or has parts of a fen");
        return new Money((long)(yuan * 100));
    }
}
