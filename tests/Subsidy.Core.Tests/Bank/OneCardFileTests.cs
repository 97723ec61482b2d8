using System.Text;
using CsCheck;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Bank;

public sealed class OneCardFileTests
{
    private static readonly OneCardPayment Payment =
        new("张三丰", "11010519491231002X", "6200000000000005", "中国农业银行靖远县支行", new Money(80_050), "JZ-7K4M");

    [Fact]
    public async Task A_one_card_file_is_written_to_the_letter()
    {
        var second = Payment with { Name = "阿,\"卜\"", Account = "10203040", Bank = null, Amount = new Money(5), Note = "=1+1" };
        var file = await WriteAsync(Payment, second);
        Assert.Equal(Encoding.UTF8.GetPreamble(), file[..3]);
        Assert.Equal(
            "序号,姓名,身份证号,卡号/账号,开户行,金额(元),项目,批次号,备注\r\n" +
            "1,张三丰,11010519491231002X,6200000000000005,中国农业银行靖远县支行,800.50,临时救助,PR-1,JZ-7K4M\r\n" +
            "2,\"阿,\"\"卜\"\"\",11010519491231002X,10203040,,0.05,临时救助,PR-1,'=1+1\r\n",
            Encoding.UTF8.GetString(file[3..]));
    }

    [Fact]
    public async Task Every_cell_reads_back_and_none_is_a_formula() =>
        await Gen.Select(Gen.String[Gen.Char["张三,\"=+-@＝ a"], 1, 30], Gen.String[Gen.Char['0', '9'], 1, 34]).SampleAsync(async (words, account) =>
        {
            if (string.IsNullOrWhiteSpace(words))
                return;
            var row = Rows(await WriteAsync(Payment with { Name = words, Note = words, Account = account }))[1];
            Assert.Equal(9, row.Count);
            Assert.Equal(account, row[3]);
            Assert.Equal(row[1], row[8]);
            Assert.Contains(row[1], new[] { words, $"'{words}" });
            Assert.All(row, cell => Assert.DoesNotMatch(@"^\s*[=+\-@＝＋－＠]", cell));
        });

    [Theory]
    [InlineData("", "The name is missing")]
    [InlineData("张\r\n三", "line breaks")]
    public async Task A_field_that_would_break_the_file_is_refused(string name, string expected)
    {
        var error = await Assert.ThrowsAsync<BankFileException>(() => WriteAsync(Payment, Payment with { Name = name }));
        Assert.StartsWith("Payment 2: ", error.Fault.En, StringComparison.Ordinal);
        Assert.Contains(expected, error.Fault.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_a_formula_is_refused_and_not_altered()
    {
        var error = await Assert.ThrowsAsync<BankFileException>(() => WriteAsync(Payment with { Account = "=6200000000000005" }));
        Assert.DoesNotContain("6200", $"{error.Fault}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 80_051)]
    [InlineData(2, 80_050)]
    [InlineData(0, 80_050)]
    public async Task Payments_that_do_not_add_up_to_the_batch_are_an_error(int count, long fen) =>
        await Assert.ThrowsAsync<BankFileException>(() => WriteAsync(new OneCardBatch("PR-1", "临时救助", count, new Money(fen)), Payment));

    private static Task<byte[]> WriteAsync(params OneCardPayment[] payments) =>
        WriteAsync(new OneCardBatch("PR-1", "临时救助", payments.Length, new Money(payments.Sum(payment => payment.Amount.Fen))), payments);

    private static async Task<byte[]> WriteAsync(OneCardBatch batch, params OneCardPayment[] payments)
    {
        using var output = new MemoryStream();
        await OneCardFile.WriteAsync(batch, payments.ToAsyncEnumerable(), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>RFC 4180, read by the letter.</summary>
    private static List<List<string>> Rows(byte[] file)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        var text = Encoding.UTF8.GetString(file[3..]);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] is ',' or '\n')
            {
                rows[^1].Add(cell.ToString());
                cell.Clear();
                if (text[i] == '\n')
                    rows.Add([]);
            }
            else if (quoted || text[i] != '\r')
                cell.Append(text[i]);
        }
        return rows;
    }

    /// <summary>Once two people stand behind a run nothing may keep its files from being written.</summary>
    [Theory]
    [InlineData("补")]
    [InlineData("𠮷")]
    [InlineData("补𠮷")]
    public async Task A_note_fits_however_long_the_remittance_is(string word)
    {
        var line = new PayLine("k7qm3wxtpb9c-once", "relief", "dongshan", Money.FromYuan(1), 1)
        {
            Payee = new Payee("张三丰", "8801234567", "农商行"), IdNumber = "110101199003078734", Remittance = RunFile.Cut(string.Concat(Enumerable.Repeat(word, 140)), 140),
        };
        using var file = new MemoryStream();
        await OneCardFile.WriteAsync(
            new OneCardBatch("relief-2026-0001", "relief", 1, line.Amount), new[] { RunFile.PaymentOf(line) }.ToAsyncEnumerable(), file, TestContext.Current.CancellationToken);
        Assert.Contains("K7QM-3WXT-PB9C\r\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
    }
}
