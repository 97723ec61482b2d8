using System.Text;
using CsCheck;
using Subsidy.Core.Bank;
using static Subsidy.Core.Tests.Bank.Reports;

namespace Subsidy.Core.Tests.Bank;

/// <summary>Files that nobody should be able to harm the township with.</summary>
public sealed class HostileReportTests
{
    private static readonly string Sound = Message("<GrpSts>PART</GrpSts>", Block(Transaction("E1", "ACSC")));

    [Fact]
    public async Task Entities_that_multiply_are_refused()
    {
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        var refusal = await RefusedAsync(WithDtd($"[<!ENTITY l0 \"ha\">{laughs}]").Replace("ANS-1", "&l9;", StringComparison.Ordinal));
        Assert.Contains("DTD", refusal.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched_for_an_external_entity()
    {
        var secret = Path.Combine(AppContext.BaseDirectory, "Bank", "pain.001.001.09.xsd");
        var refusal = await RefusedAsync(WithDtd($"[<!ENTITY x SYSTEM \"file://{secret}\">]").Replace("ANS-1", "&x;", StringComparison.Ordinal));
        Assert.Contains("DTD", refusal.En, StringComparison.Ordinal);
        await RefusedAsync(WithDtd("SYSTEM \"http://127.0.0.1:9/x.dtd\""));
        await RefusedAsync(Sound.Replace("ANS-1", "&undeclared;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<!-- -->")]
    [InlineData("<?x?>")]
    [InlineData("<x/>")]
    [InlineData("<![CDATA[]]>")]
    [InlineData("<![CDATA[ ]]>")]
    [InlineData(" ")]
    [InlineData("&#32;")]
    [InlineData(" <!-- --> <?x?>&#x20;")]
    public async Task A_file_of_nothing_in_particular_ends_at_the_limit_wherever_that_stands(string nothing)
    {
        foreach (var place in new[] { "<Document ", "<CstmrPmtStsRpt>", "<OrgnlPmtInfAndSts>", "ANS-1", "\n</CstmrPmtStsRpt>" })
        {
            using var endless = new EndlessStream(Sound[..Sound.IndexOf(place, StringComparison.Ordinal)], nothing);
            var reading = await PaymentStatusReportReader.ReadAsync(endless, 200_000, TestContext.Current.CancellationToken);
            Assert.NotNull(reading.Refusal);
            Assert.InRange(endless.Served, 1, 250_000);
        }
    }

    [Fact]
    public async Task A_file_above_the_limit_is_told_so()
    {
        using var endless = new EndlessStream(Sound[..Sound.IndexOf("<GrpHdr>", StringComparison.Ordinal)], "<!-- -->");
        var reading = await PaymentStatusReportReader.ReadAsync(endless, 1_000_000, TestContext.Current.CancellationToken);
        Assert.Contains("larger than 1000000 bytes", reading.Refusal!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_text_is_refused_after_its_first_characters()
    {
        using var endless = new EndlessStream(Sound[..Sound.IndexOf("ANS-1", StringComparison.Ordinal)], "6200000000000005");
        var reading = await PaymentStatusReportReader.ReadAsync(endless, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("MsgId has more than 35 characters", reading.Refusal!.En, StringComparison.Ordinal);
        Assert.InRange(endless.Served, 1, 100_000);
    }

    [Fact]
    public async Task Deep_nesting_is_refused_even_where_nothing_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<Envlp>", 100_000));
        var refusal = await RefusedAsync(Message(blocks: $"<SplmtryData>{deep}"));
        Assert.Contains("nested more than 32 deep", refusal.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_is_refused()
    {
        var file = Encoding.UTF8.GetBytes(Sound);
        var end = Sound.LastIndexOf('>');
        await Gen.Int[0, Encoding.UTF8.GetByteCount(Sound[..end])].SampleAsync(async length => await RefusedAsync(file[..length]));
    }

    [Fact]
    public async Task A_file_with_something_behind_it_is_refused() => await RefusedAsync(Sound + Sound);

    [Fact]
    public async Task No_bytes_whatever_do_more_than_be_refused() =>
        await Gen.Select(Gen.Byte.Array[1, 8], Gen.Int[0, Sound.Length - 8]).SampleAsync(async (noise, at) =>
        {
            var file = Encoding.UTF8.GetBytes(Sound);
            noise.CopyTo(file, at);
            var reading = await ReadAsync(file);
            Assert.True(reading.Report is null ^ reading.Refusal is null);
        });

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public async Task Only_UTF8_is_read(string encoding)
    {
        var other = Encoding.GetEncoding(encoding);
        var text = Sound.Replace("UTF-8", encoding, StringComparison.Ordinal).Replace("ANS-1", "réponse", StringComparison.Ordinal);
        await RefusedAsync([.. other.GetPreamble(), .. other.GetBytes(text)]);
    }

    [Fact]
    public async Task A_declared_encoding_other_than_UTF8_is_told()
    {
        var refusal = await RefusedAsync(Sound.Replace("UTF-8", "GB18030", StringComparison.Ordinal));
        Assert.Contains("encoding other than UTF-8", refusal.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm() =>
        Assert.NotNull((await ReadAsync([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Sound)])).Report);

    [Theory]
    [InlineData("pain.002.001.10", "pain.002.001.03", "no pain.002.001.10 message")]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:pain.002.001.10", "urn:x", "no pain.002.001.10 message")]
    [InlineData("pain.001.001.09", "pain.008.001.08", "does not answer a payment file")]
    [InlineData("<MsgId>ANS-1</MsgId>", "", "lacks its message id")]
    [InlineData("<MsgId>ANS-1</MsgId>", "<MsgId/>", "MsgId is empty")]
    [InlineData("<MsgId>ANS-1</MsgId>", "<MsgId>A</MsgId><MsgId>B</MsgId>", "MsgId is repeated")]
    [InlineData("<MsgId>ANS-1</MsgId>", "<MsgId><b>62000000</b></MsgId>", "MsgId may have text only")]
    [InlineData("<MsgId>ANS-1</MsgId>", "<x xmlns='urn:x'/><MsgId>ANS-1</MsgId>", "does not belong to the message")]
    [InlineData("<GrpHdr>", "<GrpHdr>62000000", "text where elements are expected")]
    [InlineData("2026-11-25T08:00:00+08:00", "62000000", "time is not valid")]
    [InlineData("2026-11-25T08:00:00+08:00", "2026-13-25T08:00:00+08:00", "time is not valid")]
    [InlineData("<OrgnlEndToEndId>E1</OrgnlEndToEndId>", "", "no end-to-end id")]
    [InlineData("<TxSts>ACSC</TxSts>", "<TxSts>ACSC</TxSts><TxSts>RJCT</TxSts>", "TxSts is repeated")]
    [InlineData("<TxSts>ACSC</TxSts>", "<TxSts>62000000</TxSts>", "TxSts has more than 4 characters")]
    [InlineData("PART", "RJCT", "it says RJCT, yet ACSC inside")]
    public async Task What_is_wrong_is_told_without_the_content(string original, string altered, string expected)
    {
        var refusal = await RefusedAsync(Sound.Replace(original, altered, StringComparison.Ordinal));
        Assert.Contains(expected, refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<OrgnlTxRef><Amt><InstdAmt Ccy='USD'>1</InstdAmt></Amt></OrgnlTxRef>", "renminbi")]
    [InlineData("<OrgnlTxRef><Amt><InstdAmt>1</InstdAmt></Amt></OrgnlTxRef>", "renminbi")]
    [InlineData("<OrgnlTxRef><IntrBkSttlmAmt Ccy='CNY'>0.001</IntrBkSttlmAmt></OrgnlTxRef>", "parts of a fen")]
    [InlineData("<OrgnlTxRef><IntrBkSttlmAmt Ccy='CNY'>-1</IntrBkSttlmAmt></OrgnlTxRef>", "not valid")]
    [InlineData("<OrgnlTxRef><IntrBkSttlmAmt Ccy='CNY'>1e3</IntrBkSttlmAmt></OrgnlTxRef>", "not valid")]
    [InlineData("<OrgnlTxRef><IntrBkSttlmAmt Ccy='CNY'>99999999999999999999</IntrBkSttlmAmt></OrgnlTxRef>", "not valid")]
    [InlineData("<OrgnlTxRef><IntrBkSttlmDt>2026-02-30</IntrBkSttlmDt></OrgnlTxRef>", "date is not valid")]
    [InlineData("<StsRsnInf><Rsn><Cd>AC01</Cd><Prtry>X</Prtry></Rsn></StsRsnInf>", "repeated")]
    public async Task A_transaction_that_is_not_sound_refuses_the_file(string part, string expected)
    {
        var refusal = await RefusedAsync(Message(blocks: Block(Transaction("E1", "ACSC", part))));
        Assert.Contains(expected, refusal.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_transfer_may_not_be_answered_twice_in_a_file()
    {
        var refusal = await RefusedAsync(Message(blocks: Block(Transaction("E1", "ACSC")) + Block(Transaction("E1", "RJCT"))));
        Assert.Contains("an end-to-end id is repeated", refusal.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACSC", "RJCT")]
    [InlineData("PDNG", "RJCT")]
    [InlineData("RJCT", "PDNG")]
    [InlineData("CANC", "ACSC")]
    [InlineData("CANC", "ACSP")]
    [InlineData("ACSC", "CANC")]
    [InlineData("CPUC", "RJCT")]
    [InlineData("ACFC", "RJCT")]
    public async Task A_report_that_contradicts_itself_moves_no_money(string whole, string part)
    {
        var refusal = await RefusedAsync(Message($"<GrpSts>{whole}</GrpSts>", Block(Transaction("E1", part))));
        Assert.Contains("contradicts itself", refusal.En, StringComparison.Ordinal);
    }

    /// <summary>The status of an instruction counts for the whole file, so it had better be the file's.</summary>
    [Fact]
    public async Task What_a_report_says_of_another_instruction_is_not_taken_for_ours()
    {
        var refusal = await RefusedAsync(Message(blocks: Block("", "<PmtInfSts>ACSC</PmtInfSts>").Replace("PR-1", "PR-2", StringComparison.Ordinal)));
        Assert.Contains("another instruction", refusal.En, StringComparison.Ordinal);
        await RefusedAsync(Message(blocks: Block(Transaction("E1", "ACSC")).Replace("PR-1", "pr-1", StringComparison.Ordinal)));
        await RefusedAsync(Message(blocks: Block(Transaction("E1", "ACSC")) + Block("", "<PmtInfSts>RJCT</PmtInfSts>").Replace("PR-1", "PR-2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<OrgnlNbOfTxs>2</OrgnlNbOfTxs>", "<OrgnlNbOfTxs>3</OrgnlNbOfTxs>")]
    [InlineData("<OrgnlCtrlSum>300</OrgnlCtrlSum>", "<OrgnlCtrlSum>300.01</OrgnlCtrlSum>")]
    public async Task Totals_that_differ_between_the_file_and_its_one_instruction_are_refused(string ofFile, string ofInstruction)
    {
        var refusal = await RefusedAsync(Message(ofFile, Block(ofInstruction + Transaction("E1", "ACSC"))));
        Assert.Contains("contradicts itself", refusal.En, StringComparison.Ordinal);
        var report = await AcceptedAsync(Message(blocks: Block(ofInstruction + Transaction("E1", "ACSC"))));
        Assert.True(report.OriginalCount is 3 || report.OriginalControlSum == new Core.Money(30_001));
    }

    [Fact]
    public async Task A_report_without_any_status_is_refused()
    {
        await RefusedAsync(Message());
        await RefusedAsync(Message(blocks: Block("<TxInfAndSts><OrgnlEndToEndId>E1</OrgnlEndToEndId></TxInfAndSts>")));
    }

    [Fact]
    public async Task Reasons_and_transactions_without_end_are_refused()
    {
        var reasons = string.Concat(Enumerable.Repeat("<StsRsnInf/>", 21));
        Assert.Contains("more than 20 reasons", (await RefusedAsync(Message(blocks: Block(Transaction("E1", "RJCT", reasons))))).En, StringComparison.Ordinal);
        var transactions = string.Concat(Enumerable.Range(0, 50_001).Select(i => Transaction($"E{i}", "ACSC")));
        Assert.Contains("more than 50000", (await RefusedAsync(Message(blocks: Block(transactions)))).En, StringComparison.Ordinal);
    }

    private static string WithDtd(string subset) => Sound.Replace("<Document ", $"<!DOCTYPE Document {subset}><Document ", StringComparison.Ordinal);

    /// <summary>A beginning, and then the same for ever.</summary>
    private sealed class EndlessStream(string start, string rest) : MemoryStream
    {
        private readonly byte[] _start = Encoding.UTF8.GetBytes(start);
        private readonly byte[] _rest = Encoding.UTF8.GetBytes(rest);

        public long Served { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < buffer.Length; i++, Served++)
                buffer.Span[i] = Served < _start.Length ? _start[Served] : _rest[(Served - _start.Length) % _rest.Length];
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
