using System.Text;
using System.Xml.Linq;
using CsCheck;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Tests.Bank;

public sealed class PaymentOrderTests
{
    private static readonly XNamespace Pain = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    [Fact]
    public async Task A_bank_file_is_written_to_the_letter()
    {
        const string expected = """
            <?xml version="1.0" encoding="utf-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
            <CstmrCdtTrfInitn>
            <GrpHdr><MsgId>PR-2026-11-001</MsgId><CreDtTm>2026-11-23T09:30:15+08:00</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>800.50</CtrlSum><InitgPty><Nm>若笠乡人民政府</Nm></InitgPty></GrpHdr>
            <PmtInf>
            <PmtInfId>PR-2026-11-001</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</NbOfTxs><CtrlSum>800.50</CtrlSum><ReqdExctnDt><Dt>2026-11-24</Dt></ReqdExctnDt><Dbtr><Nm>若笠乡人民政府</Nm></Dbtr><DbtrAcct><Id><Othr><Id>62-0011-2233445566</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>402824100010</MmbId></ClrSysMmbId><Nm>靖远县农村信用合作联社</Nm></FinInstnId></DbtrAgt>
            <CdtTrfTxInf><PmtId><EndToEndId>2026-JZ-7K4M-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="CNY">800.50</InstdAmt></Amt><CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>103824100012</MmbId></ClrSysMmbId><Nm>中国农业银行靖远县支行</Nm></FinInstnId></CdtrAgt><Cdtr><Nm>张三丰</Nm></Cdtr><CdtrAcct><Id><Othr><Id>6200000000000005</Id></Othr></Id></CdtrAcct><Purp><Cd>SSBE</Cd></Purp><RmtInf><Ustrd>2026年临时救助 &lt;一次性&gt; &amp; 交通补贴</Ustrd></RmtInf></CdtTrfTxInf>
            </PmtInf>
            </CstmrCdtTrfInitn>
            </Document>

            """;
        var file = await Orders.WriteAsync(Orders.Transfer);
        Profile.Validate(file);
        Assert.Equal(expected.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(file));
    }

    [Fact]
    public async Task Every_sound_order_gives_a_valid_file_that_reads_back_the_same() =>
        await Orders.Any.SampleAsync(async sample =>
        {
            var file = await Orders.WriteAsync(sample.Order, sample.Transfers);
            Profile.Validate(file);
            var reading = await Orders.ReadAsync(file);
            Assert.Null(reading.Refusal);
            Assert.Equal(sample.Order, reading.Order);
            Assert.Equal(sample.Transfers, reading.Transfers);
        });

    [Fact]
    public async Task The_same_order_gives_the_same_bytes_in_every_time_zone_notation() =>
        await Gen.Select(Orders.Any, Gen.Int[-14, 14]).SampleAsync(async (sample, hours) =>
        {
            var elsewhere = sample.Order with { CreatedAt = sample.Order.CreatedAt.ToOffset(TimeSpan.FromHours(hours)) };
            Assert.Equal(await Orders.WriteAsync(sample.Order, sample.Transfers), await Orders.WriteAsync(elsewhere, sample.Transfers));
        });

    [Fact]
    public async Task Fifty_thousand_transfers_are_written_one_at_a_time()
    {
        var handedOut = 0;
        using var output = new CountingStream();
        var ahead = 0L;
        var transfers = Enumerable.Range(0, PaymentOrder.MaxTransfers).Select(i =>
        {
            // All that was handed out before has left for the stream.
            ahead = Math.Max(ahead, handedOut - output.Transfers);
            handedOut++;
            return Orders.Transfer with { EndToEndId = $"E{i:00000}", Amount = new Money(i + 1) };
        });
        var order = Orders.Of(Orders.Transfer) with { Count = PaymentOrder.MaxTransfers, ControlSum = new Money(50_000L * 50_001 / 2) };

        await PaymentOrderWriter.WriteAsync(order, transfers.ToAsyncEnumerable(), output, TestContext.Current.CancellationToken);

        Assert.Equal(PaymentOrder.MaxTransfers, handedOut);
        Assert.Equal(0, ahead);
        Assert.Equal(PaymentOrder.MaxTransfers, output.Transfers);
        Assert.InRange(output.LargestWrite, 1, 4096);
    }

    [Theory]
    [InlineData(1, 99, "the transfers add up to 800.50", "实际为800.50元")]
    [InlineData(2, 80_050, "there are only 1", "实际只有1")]
    public async Task Totals_that_do_not_agree_are_an_error_and_the_message_stays_open(int count, long fen, string english, string chinese)
    {
        using var output = new MemoryStream();
        var order = Orders.Of(Orders.Transfer) with { Count = count, ControlSum = new Money(fen) };
        var error = await Assert.ThrowsAsync<BankFileException>(() => PaymentOrderWriter.WriteAsync(
            order, AsyncEnumerable.Repeat(Orders.Transfer, 1), output, TestContext.Current.CancellationToken));
        Assert.Contains(english, error.Fault.En, StringComparison.Ordinal);
        Assert.Contains(chinese, error.Fault.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("</Document>", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_transfer_more_than_ordered_is_not_written()
    {
        var second = Orders.Transfer with { EndToEndId = "2" };
        var error = await Assert.ThrowsAsync<BankFileException>(() => Orders.WriteAsync(Orders.Of(Orders.Transfer), Orders.Transfer, second));
        Assert.Contains("more transfers than the 1 ordered", error.Fault.En, StringComparison.Ordinal);
    }

    public static TheoryData<Func<CreditTransfer, CreditTransfer>, string> UnsoundTransfers => new()
    {
        { t => t with { EndToEndId = "" }, "The end-to-end id is missing" },
        { t => t with { EndToEndId = new string('1', 36) }, "may have 35 characters; this one has 36" },
        { t => t with { EndToEndId = "一" }, "Latin letters" },
        { t => t with { EndToEndId = "a//b" }, "single slashes inside" },
        { t => t with { EndToEndId = "a\n" }, "Latin letters" },
        { t => t with { Amount = Money.Zero }, "more than zero" },
        { t => t with { Amount = new Money(-1) }, "more than zero" },
        { t => t with { Amount = new Money(long.MaxValue) }, "more than 18 digits" },
        { t => t with { CreditorName = " " }, "The payee's name is missing" },
        { t => t with { CreditorName = new string('张', 141) }, "may have 140 characters; this one has 141" },
        { t => t with { CreditorName = "张\0三" }, "control characters" },
        { t => t with { CreditorName = "张\uD842" }, "invalid characters" },
        { t => t with { CreditorName = "张\uFFFF" }, "invalid characters" },
        { t => t with { CreditorAccount = "6200 0000" }, "digits, Latin letters and hyphens" },
        { t => t with { CreditorAccount = new string('1', 35) }, "may have 34 characters" },
        { t => t with { CreditorBank = new FinancialInstitution(null) }, "The name of the payee's bank is missing" },
        { t => t with { CreditorBank = new FinancialInstitution("农行", "12345678901") }, "12 digits" },
        { t => t with { Remittance = "一\n二" }, "line breaks" },
        { t => t with { Purpose = "ss" }, "4 capital letters" },
    };

    [Theory]
    [MemberData(nameof(UnsoundTransfers), DisableDiscoveryEnumeration = true)]
    public async Task A_transfer_that_the_schema_does_not_allow_is_told_by_its_place(Func<CreditTransfer, CreditTransfer> change, string expected)
    {
        var first = Orders.Transfer with { EndToEndId = "1" };
        var order = Orders.Of(first, first);
        var unsound = change(Orders.Transfer);
        var error = await Assert.ThrowsAsync<BankFileException>(() => Orders.WriteAsync(order, first, unsound));
        Assert.StartsWith("Transfer 2: ", error.Fault.En, StringComparison.Ordinal);
        Assert.StartsWith("第2笔：", error.Fault.Zh, StringComparison.Ordinal);
        Assert.Contains(expected, error.Fault.En, StringComparison.Ordinal);
        Assert.Contains(error.Fault, PaymentOrderCheck.Faults(order, [first, unsound]));
    }

    public static TheoryData<Func<PaymentOrder, PaymentOrder>, string> UnsoundOrders => new()
    {
        { o => o with { MessageId = "" }, "The message id is missing" },
        { o => o with { Count = 0 }, "1 to 50000; this one is 0" },
        { o => o with { Count = 50_001 }, "1 to 50000; this one is 50001" },
        { o => o with { ControlSum = Money.Zero }, "more than zero" },
        { o => o with { Debtor = o.Debtor with { Name = "" } }, "The debtor's name is missing" },
        { o => o with { Debtor = o.Debtor with { Account = "-1" } }, "The debtor's account" },
        { o => o with { Debtor = o.Debtor with { Bank = new FinancialInstitution("", null) } }, "The name of the debtor's bank is missing" },
    };

    [Theory]
    [MemberData(nameof(UnsoundOrders), DisableDiscoveryEnumeration = true)]
    public async Task An_unsound_order_is_refused_before_anything_is_written(Func<PaymentOrder, PaymentOrder> change, string expected)
    {
        using var output = new MemoryStream();
        var error = await Assert.ThrowsAsync<BankFileException>(() => PaymentOrderWriter.WriteAsync(
            change(Orders.Of(Orders.Transfer)), AsyncEnumerable.Repeat(Orders.Transfer, 1), output, TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Fault.En, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task An_end_to_end_id_may_stand_once_in_a_file()
    {
        var error = await Assert.ThrowsAsync<BankFileException>(() => Orders.WriteAsync(Orders.Transfer, Orders.Transfer));
        Assert.Contains("repeats that of an earlier transfer", error.Fault.En, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_together() =>
        Assert.Equal(
            ["The message id is missing.", "Transfer 1: The payee's name is missing.", "Transfer 1: The payee's account is missing.",
                "2 transfers were ordered; there are only 1."],
            PaymentOrderCheck.Faults(
                Orders.Of(Orders.Transfer) with { MessageId = "", Count = 2 },
                [Orders.Transfer with { CreditorName = "", CreditorAccount = "" }]).Select(fault => fault.En));

    [Theory]
    [InlineData("<NbOfTxs>1<", "<NbOfTxs>2<", "there are only 1")]
    [InlineData("800.50</InstdAmt>", "900.50</InstdAmt>", "add up to 900.50")]
    [InlineData("Ccy=\"CNY\"", "Ccy=\"USD\"", "renminbi")]
    public async Task A_file_that_was_altered_no_longer_reads_back(string original, string altered, string expected)
    {
        var text = Encoding.UTF8.GetString(await Orders.WriteAsync(Orders.Transfer));
        var reading = await Orders.ReadAsync(Encoding.UTF8.GetBytes(text.Replace(original, altered, StringComparison.Ordinal)));
        Assert.Null(reading.Order);
        Assert.Contains(expected, reading.Refusal!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_name_nor_account_shows_in_what_may_be_logged()
    {
        Assert.Equal("CreditTransfer 2026-JZ-7K4M-1", $"{Orders.Transfer}");
        Assert.DoesNotContain("2233445566", $"{Orders.Of(Orders.Transfer)}", StringComparison.Ordinal);
    }

    /// <summary>Counts and forgets; only asynchronous writes are allowed, as on the web server.</summary>
    private sealed class CountingStream : MemoryStream
    {
        public long Transfers { get; private set; }

        public int LargestWrite { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Transfers += buffer.Span.Count("</CdtTrfTxInf>"u8);
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            return ValueTask.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();
    }
}
