using System.Globalization;
using Subsidy.Core.Bank;
using Subsidy.Core.Schemes;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Funds;

/// <summary>Reads the register of the funds.</summary>
public static class FundFile
{
    private const int LongestName = 140;
    private const int LongestDocument = 100;

    /// <param name="fileName">For the messages.</param>
    /// <param name="yaml">The file's bytes, UTF-8.</param>
    public static FundFileReading Read(string fileName, byte[] yaml)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(yaml);
        var faults = new FaultList(fileName);
        if (YamlFile.Read(yaml, faults) is not { } root)
            return new FundFileReading([], faults.InOrder);
        var file = new YamlFields(root, faults);
        var funds = new Dictionary<string, FundSource>(StringComparer.Ordinal);
        foreach (var fields in file.Each("funds"))
        {
            var fund = Fund(fields);
            if (!funds.TryAdd(fund.Id, fund) && fund.Id.Length > 0)
                faults.Add(fields.Map.Find("id")!.Value,
                    new($"“{fund.Id}”用了两次。", $"'{fund.Id}' is used twice."),
                    new("每项资金各用一个编号。", "Each fund has an id of its own."));
        }
        file.End();
        return new FundFileReading(faults.None ? [.. funds.Values] : [], faults.InOrder);
    }

    private static FundSource Fund(YamlFields fields)
    {
        var id = fields.Id("id");
        var title = fields.Text("title");
        var debtor = fields.Sub("debtor") is { } account ? Account(account) : new Debtor("", "", new FinancialInstitution(null));
        var years = new Dictionary<int, FundOpening>();
        foreach (var written in fields.Each("years"))
        {
            var year = Opening(written);
            if (!years.TryAdd(year.Year, year))
                fields.Faults.Add(written.Map.Find("year") ?? (YamlTree)written.Map,
                    new($"{year.Year}年写了两次。", $"The year {year.Year} stands here twice."),
                    new("每年只写一行；年中追加和调减在管理员页面办理。", "Write each year once; increases and cuts are made on the administrator's page."));
        }
        var remind = fields.Has("remind") ? fields.Term("remind") : null;
        fields.End();
        return new FundSource(id, title, debtor, [.. years.Values]) { Remind = remind };
    }

    private static Debtor Account(YamlFields fields)
    {
        var name = Short(fields, "name", LongestName);
        var account = Digits(fields, "account", 8, 32);
        var bank = Short(fields, "bank", LongestName);
        var cnaps = Digits(fields, "cnaps", 12, 12);
        fields.End();
        return new Debtor(name, account, new FinancialInstitution(bank, cnaps));
    }

    private static FundOpening Opening(YamlFields fields)
    {
        var year = fields.Number("year", 2000, 2999);
        var yuan = fields.Number("appropriation", 1, int.MaxValue);
        var document = Short(fields, "document", LongestDocument);
        fields.End();
        return new FundOpening(year, Money.FromYuan(yuan), document);
    }

    private static string Short(YamlFields fields, string key, int most)
    {
        var text = fields.Line(key) ?? "";
        if (text.Length > most)
            fields.Faults.Add(fields.Map.Find(key)!.Value, new($"超过{most}字。", $"This has more than {most} characters."), new("请缩短。", "Shorten it."));
        return text;
    }

    private static string Digits(YamlFields fields, string key, int least, int most)
    {
        var text = fields.Line(key) ?? "";
        if (text.Length == 0)
            return text;
        var at = fields.Map.Find(key)!.Value;
        if (at is YamlValue { Quoted: false })
        {
            fields.Faults.Add(at,
                new($"“{key}”没有加引号。", $"'{key}' is not in quotes."),
                new("号码要加引号，例如 \"402…\"，以免当作数字。", "Put the number in quotes, such as \"402…\", so that nobody takes it for a quantity."));
        }
        if (text.Length < least || text.Length > most || !text.All(char.IsAsciiDigit))
        {
            var length = least == most ? least.ToString(CultureInfo.InvariantCulture) : $"{least}–{most}";
            fields.Faults.Add(at,
                new($"“{key}”不是{length}位数字。", $"'{key}' does not have {length} digits."),
                new("只写数字，不加空格和横线。", "Write digits only, without spaces and dashes."));
        }
        return text;
    }
}

/// <param name="Funds">Empty when there are faults.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record FundFileReading(IReadOnlyList<FundSource> Funds, IReadOnlyList<SchemeFault> Faults);
