using System.Text;
using System.Text.Json;
using CsCheck;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Tests.Bank;

/// <summary>Sample answers of a bank and ways to write and read them.</summary>
internal static class Reports
{
    private static readonly Gen<StatusReason> Reason =
        Gen.Select(Words.OneOf("AC01", "BE01", "NARR", "HOUSE-RULE-17"), Gen.Bool, Words.Of("户名不符", "𠮷", "<", "&", ">", "]]>"))
            .Select((code, told, words) => new StatusReason(code, told ? words : null));

    private static readonly Gen<ReportedStatus> Status =
        Gen.Select(Words.OneOf("ACCP", "ACSP", "ACSC", "PDNG", "RJCT"), Reason.Array[0, 3]).Select((code, reasons) => new ReportedStatus(code, reasons));

    /// <summary>Reports of 1 to 20 transactions that stand on their own.</summary>
    public static readonly Gen<PaymentStatusReport> Any =
        from transactions in Gen.Select(Status, Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 40_000], Gen.Int[0, 7]).Array[1, 20]
        from seconds in Gen.Long[0, 3_000_000_000]
        from whole in Gen.Bool.Select(told => told ? "PART" : null)
        select new PaymentStatusReport(
            "ANS-1",
            DateTimeOffset.FromUnixTimeSeconds(seconds),
            "PR-1",
            whole is null ? null : new ReportedStatus(whole),
            [.. transactions.Select((t, i) => new TransactionStatus(
                $"E{i}",
                t.Item1,
                (t.Item4 & 1) == 0 ? null : $"BANK{i}",
                (t.Item4 & 2) == 0 ? null : new Money(t.Item2),
                (t.Item4 & 4) == 0 ? null : new Money(t.Item2),
                (t.Item4 & 4) == 0 ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(t.Item3)))],
            transactions.Length,
            new Money(transactions.Sum(t => t.Item2)));

    /// <summary>A report with everything that the schema requires, and this inside it.</summary>
    public static string Message(string group = "", string blocks = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <GrpHdr><MsgId>ANS-1</MsgId><CreDtTm>2026-11-25T08:00:00+08:00</CreDtTm></GrpHdr>
        <OrgnlGrpInfAndSts><OrgnlMsgId>PR-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
        {blocks}
        </CstmrPmtStsRpt></Document>
        """;

    public static string Block(string transactions, string status = "") =>
        $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>PR-1</OrgnlPmtInfId>{status}{transactions}</OrgnlPmtInfAndSts>";

    public static string Transaction(string id, string code, string more = "") =>
        $"<TxInfAndSts><OrgnlEndToEndId>{id}</OrgnlEndToEndId><TxSts>{code}</TxSts>{more}</TxInfAndSts>";

    public static Task<PaymentStatusReading> ReadAsync(string message) => ReadAsync(Encoding.UTF8.GetBytes(message));

    public static Task<PaymentStatusReading> ReadAsync(byte[] message, long maxBytes = PaymentStatusReportReader.DefaultMaxBytes) =>
        PaymentStatusReportReader.ReadAsync(new MemoryStream(message), maxBytes, TestContext.Current.CancellationToken);

    public static async Task<PaymentStatusReport> AcceptedAsync(string message)
    {
        var reading = await ReadAsync(message);
        Assert.Null(reading.Refusal);
        return reading.Report!;
    }

    /// <summary>The refusal of a message, which says something in both languages and gives nothing of the content away.</summary>
    public static async Task<Text> RefusedAsync(byte[] message, long maxBytes = PaymentStatusReportReader.DefaultMaxBytes)
    {
        var reading = await ReadAsync(message, maxBytes);
        Assert.Null(reading.Report);
        Assert.NotEqual("", reading.Refusal!.Zh);
        Assert.DoesNotContain("62000000", $"{reading.Refusal}", StringComparison.Ordinal);
        return reading.Refusal;
    }

    public static Task<Text> RefusedAsync(string message) => RefusedAsync(Encoding.UTF8.GetBytes(message));

    public static async Task<byte[]> WriteAsync(PaymentStatusReport report)
    {
        using var output = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    /// <summary>For comparing reports by value, lists included and instants whatever their offset.</summary>
    public static string Json(PaymentStatusReport? report) =>
        JsonSerializer.Serialize(report is null ? null : report with { CreatedAt = report.CreatedAt.ToUniversalTime() });
}
