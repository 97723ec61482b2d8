using CsCheck;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Tests.Bank;

/// <summary>Sample orders and ways to write them.</summary>
internal static class Orders
{
    public static readonly CreditTransfer Transfer = new(
        "2026-JZ-7K4M-1",
        new Money(80_050),
        "张三丰",
        "6200000000000005",
        new FinancialInstitution("中国农业银行靖远县支行", "103824100012"),
        "2026年临时救助 <一次性> & 交通补贴",
        "SSBE");

    private static readonly Gen<string> Name = Words.Of("张", "王小", "𠮷", "欧阳", "·", "阿卜杜", " ", "Aa1", "<", "&", ">", "\"", "'", "（）", "=", "]]>");

    private static readonly Gen<string> Account = Gen.String[Gen.Char['0', '9'], 8, 32];

    private static readonly Gen<FinancialInstitution> Bank =
        Gen.Select(Name, Gen.String[Gen.Char['0', '9'], 12, 12], Gen.Int[0, 2])
            .Select((name, cnaps, known) => new FinancialInstitution(known == 1 ? null : name, known == 0 ? null : cnaps));

    /// <summary>Sound orders of 1 to 20 transfers whose totals agree.</summary>
    public static readonly Gen<(PaymentOrder Order, CreditTransfer[] Transfers)> Any =
        from transfers in Gen.Select(Name, Account, Bank, Name, Gen.Long[1, 10_000_000_000], Gen.Int[0, 3]).Array[1, 20]
        from debtor in Gen.Select(Name, Account, Bank).Select((name, account, bank) => new Debtor(name, account, bank))
        from id in Gen.String[Gen.Char["ABCXYZ019-.:"], 1, 35]
        from seconds in Gen.Long[0, 3_000_000_000]
        from day in Gen.Int[0, 40_000]
        let all = transfers.Select((t, i) => new CreditTransfer(
            $"E{i:000}", new Money(t.Item5), t.Item1, t.Item2, t.Item6 == 0 ? null : t.Item3, t.Item4, t.Item6 == 1 ? "SSBE" : null)).ToArray()
        select (new PaymentOrder(
            id, DateTimeOffset.FromUnixTimeSeconds(seconds), DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day), debtor, all.Length,
            new Money(all.Sum(t => t.Amount.Fen))), all);

    public static PaymentOrder Of(params CreditTransfer[] transfers) => new(
        "PR-2026-11-001",
        new DateTimeOffset(2026, 11, 23, 1, 30, 15, TimeSpan.Zero),
        new DateOnly(2026, 11, 24),
        new Debtor("若笠乡人民政府", "62-0011-2233445566", new FinancialInstitution("靖远县农村信用合作联社", "402824100010")),
        transfers.Length,
        new Money(transfers.Sum(transfer => transfer.Amount.Fen)));

    public static async Task<byte[]> WriteAsync(PaymentOrder order, params IEnumerable<CreditTransfer> transfers)
    {
        using var output = new MemoryStream();
        await PaymentOrderWriter.WriteAsync(order, transfers.ToAsyncEnumerable(), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    public static Task<byte[]> WriteAsync(params CreditTransfer[] transfers) => WriteAsync(Of(transfers), transfers);

    public static Task<PaymentOrderReading> ReadAsync(byte[] file) =>
        PaymentOrderReader.ReadAsync(new MemoryStream(file), cancellation: TestContext.Current.CancellationToken);
}
