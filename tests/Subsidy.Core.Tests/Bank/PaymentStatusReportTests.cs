using CsCheck;
using Subsidy.Core.Bank;
using static Subsidy.Core.Tests.Bank.Reports;

namespace Subsidy.Core.Tests.Bank;

public sealed class PaymentStatusReportTests
{
    [Fact]
    public async Task Every_report_written_is_valid_and_reads_back_the_same() =>
        await Any.SampleAsync(async report =>
        {
            var file = await WriteAsync(report);
            Profile.Validate(file);
            var reading = await ReadAsync(file);
            Assert.Null(reading.Refusal);
            Assert.Equal(Json(report), Json(reading.Report));
        });

    [Theory]
    [InlineData("ACCP", PaymentStatus.Accepted)]
    [InlineData("ACTC", PaymentStatus.Accepted)]
    [InlineData("ACSP", PaymentStatus.Accepted)]
    [InlineData("ACWC", PaymentStatus.Accepted)]
    [InlineData("ACWP", PaymentStatus.Accepted)]
    [InlineData("ACSC", PaymentStatus.Settled)]
    [InlineData("ACCC", PaymentStatus.Settled)]
    [InlineData("RJCT", PaymentStatus.Rejected)]
    [InlineData("CANC", PaymentStatus.Rejected)]
    [InlineData("PDNG", PaymentStatus.Pending)]
    [InlineData("RCVD", PaymentStatus.Pending)]
    [InlineData("PATC", PaymentStatus.Pending)]
    [InlineData("BLCK", PaymentStatus.Pending)]
    [InlineData("NEW1", PaymentStatus.Pending)]
    public async Task A_status_code_means_one_thing_and_an_unknown_one_moves_no_money(string code, PaymentStatus meaning)
    {
        var report = await AcceptedAsync(Message(blocks: Block(Transaction("E1", code))));
        Assert.Equal(meaning, report.StatusByEndToEndId()("E1")!.Meaning);
        Assert.Null(report.StatusByEndToEndId()("E2"));
    }

    [Fact]
    public async Task A_file_rejected_as_a_whole_rejects_every_transfer_for_the_reason_given()
    {
        var report = await AcceptedAsync(Message(
            "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn><AddtlInf>余额不足</AddtlInf></StsRsnInf>"));
        var status = report.StatusByEndToEndId()("E1")!;
        Assert.Equal(PaymentStatus.Rejected, status.Meaning);
        Assert.Equal(new StatusReason("AM04", "余额不足"), Assert.Single(status.Reasons));
    }

    [Fact]
    public async Task The_status_of_the_one_instruction_is_that_of_the_file()
    {
        var report = await AcceptedAsync(Message(blocks: Block("<TxInfAndSts><OrgnlEndToEndId>E1</OrgnlEndToEndId></TxInfAndSts>", "<PmtInfSts>ACSC</PmtInfSts>")));
        Assert.Equal(PaymentStatus.Settled, report.StatusByEndToEndId()("E1")!.Meaning);
        Assert.Equal(PaymentStatus.Settled, report.StatusByEndToEndId()("E2")!.Meaning);
    }

    [Fact]
    public async Task Of_a_file_accepted_in_part_what_is_not_listed_stays_pending()
    {
        var report = await AcceptedAsync(Message("<GrpSts>PART</GrpSts>", Block(Transaction("E1", "ACSC") + Transaction("E2", "RJCT"))));
        var status = report.StatusByEndToEndId();
        Assert.Equal(
            [PaymentStatus.Settled, PaymentStatus.Rejected, PaymentStatus.Pending], new[] { "E1", "E2", "E3" }.Select(id => status(id)!.Meaning));
    }

    [Fact]
    public async Task Everything_that_the_schema_allows_besides_is_passed_over_whatever_the_prefix()
    {
        const string message = """
            <?xml version='1.0'?>
            <!-- from the bank -->
            <p:Document xmlns:p="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
              <p:CstmrPmtStsRpt>
                <p:GrpHdr>
                  <p:MsgId> ANS-1 </p:MsgId><p:CreDtTm>2026-11-25T08:00:00.123</p:CreDtTm>
                  <p:InitgPty><p:Nm>农业银行</p:Nm><p:Id><p:OrgId><p:Othr><p:Id>1</p:Id></p:Othr></p:OrgId></p:Id></p:InitgPty>
                </p:GrpHdr>
                <p:OrgnlGrpInfAndSts>
                  <p:OrgnlMsgId>PR-1</p:OrgnlMsgId><p:OrgnlMsgNmId>pain.001.001.09</p:OrgnlMsgNmId>
                  <p:OrgnlCreDtTm>2026-11-23T09:30:15+08:00</p:OrgnlCreDtTm><p:OrgnlNbOfTxs>2</p:OrgnlNbOfTxs><p:OrgnlCtrlSum>1600.5</p:OrgnlCtrlSum>
                  <p:NbOfTxsPerSts><p:DtldNbOfTxs>1</p:DtldNbOfTxs><p:DtldSts>RJCT</p:DtldSts></p:NbOfTxsPerSts>
                </p:OrgnlGrpInfAndSts>
                <p:OrgnlPmtInfAndSts>
                  <p:OrgnlPmtInfId>PR-1</p:OrgnlPmtInfId>
                  <p:TxInfAndSts>
                    <p:StsId>1</p:StsId><p:OrgnlInstrId>I1</p:OrgnlInstrId><p:OrgnlEndToEndId>E1</p:OrgnlEndToEndId><p:TxSts>RJCT</p:TxSts>
                    <p:StsRsnInf>
                      <p:Orgtr><p:Nm>农业银行</p:Nm></p:Orgtr><p:Rsn><p:Prtry>HOUSE-RULE-17</p:Prtry></p:Rsn>
                      <p:AddtlInf>户名<![CDATA[<不符>]]></p:AddtlInf><p:AddtlInf>请更正</p:AddtlInf>
                    </p:StsRsnInf>
                    <p:AccptncDtTm>2026-11-25T08:00:00Z</p:AccptncDtTm><p:AcctSvcrRef>B-77</p:AcctSvcrRef>
                    <p:OrgnlTxRef>
                      <p:IntrBkSttlmAmt Ccy="CNY">800.50000</p:IntrBkSttlmAmt><p:Amt><p:InstdAmt Ccy="CNY">800.5</p:InstdAmt></p:Amt>
                      <p:IntrBkSttlmDt>2026-11-24+08:00</p:IntrBkSttlmDt><p:Cdtr><p:Pty><p:Nm>张三丰</p:Nm></p:Pty></p:Cdtr>
                    </p:OrgnlTxRef>
                    <p:SplmtryData><p:Envlp><x:any xmlns:x="urn:x">1</x:any></p:Envlp></p:SplmtryData>
                  </p:TxInfAndSts>
                </p:OrgnlPmtInfAndSts>
                <p:OrgnlPmtInfAndSts><p:OrgnlPmtInfId>PR-1</p:OrgnlPmtInfId></p:OrgnlPmtInfAndSts>
                <p:SplmtryData><p:Envlp/></p:SplmtryData>
              </p:CstmrPmtStsRpt>
            </p:Document>
            """;
        var report = await AcceptedAsync(message);
        Assert.Equal("ANS-1", report.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 8, 0, 0, 123, TimeSpan.FromHours(8)), report.CreatedAt);
        Assert.Equal((2, new Money(160_050)), (report.OriginalCount, report.OriginalControlSum));
        var transaction = Assert.Single(report.Transactions);
        Assert.Equal(
            new TransactionStatus("E1", transaction.Status, "B-77", new Money(80_050), new Money(80_050), new DateOnly(2026, 11, 24)), transaction);
        Assert.Equal(new StatusReason("HOUSE-RULE-17", "户名<不符>\n请更正"), Assert.Single(transaction.Status.Reasons));
    }

    [Theory]
    [InlineData("2026-11-25T08:00:00+08:00")]
    [InlineData("2026-11-25T00:00:00Z")]
    [InlineData("2026-11-24T19:00:00.000-05:00")]
    [InlineData("2026-11-25T08:00:00")]
    public async Task A_time_without_an_offset_is_Beijing_time(string written)
    {
        var report = await AcceptedAsync(Message("<GrpSts>RCVD</GrpSts>").Replace("2026-11-25T08:00:00+08:00", written, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8)), report.CreatedAt);
    }

    [Fact]
    public async Task A_long_explanation_is_cut_into_the_pieces_of_the_schema_and_none_is_lost()
    {
        var words = string.Concat(Enumerable.Repeat("开户行𠮷", 60));
        var report = new PaymentStatusReport("A", DateTimeOffset.UnixEpoch, "P", new ReportedStatus("RJCT", [new StatusReason("NARR", words)]), []);
        var file = await WriteAsync(report);
        Profile.Validate(file);
        var reading = await ReadAsync(file);
        Assert.Equal(words, reading.Report!.Group!.Reasons[0].Information!.Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_on_fifty_thousand_transfers_reads_back_whole()
    {
        var report = new PaymentStatusReport(
            "A", DateTimeOffset.UnixEpoch, "P", null,
            [.. Enumerable.Range(0, PaymentOrder.MaxTransfers).Select(i => new TransactionStatus($"E{i}", new ReportedStatus("ACSC"), $"B{i}", new Money(i + 1)))]);
        var reading = await ReadAsync(await WriteAsync(report));
        Assert.Null(reading.Refusal);
        Assert.Equal(Json(report), Json(reading.Report));
    }

    [Fact]
    public void Every_reason_is_explained_in_both_languages_and_an_unknown_one_is_the_banks_to_explain()
    {
        Assert.All(ReasonCodes.Known, reason =>
        {
            Assert.Equal(4, reason.Code.Length);
            Assert.NotEqual("", reason.Meaning.Zh);
            Assert.NotEqual("", reason.Meaning.En);
            Assert.Same(reason, ReasonCodes.Of(reason.Code));
        });
        Assert.Equal(Mender.Bank, ReasonCodes.Of("ZZ99").Mender);
        Assert.Equal(Mender.Bank, ReasonCodes.Of(null).Mender);
    }

    [Theory]
    [InlineData("AC01", Mender.Payee)]
    [InlineData("AC04", Mender.Payee)]
    [InlineData("BE01", Mender.Payee)]
    [InlineData("RC04", Mender.Payee)]
    [InlineData("AM04", Mender.Township)]
    [InlineData("AM05", Mender.Township)]
    [InlineData("DUPL", Mender.Township)]
    [InlineData("DT01", Mender.Township)]
    [InlineData("FF01", Mender.Township)]
    [InlineData("MD07", Mender.Township)]
    [InlineData("MS03", Mender.Bank)]
    [InlineData("RR04", Mender.Bank)]
    public void A_reason_says_who_can_mend_it(string code, Mender mender)
    {
        var reason = ReasonCodes.Of(code);
        Assert.Equal((code, mender), (reason.Code, reason.Mender));
    }
}
