using System.Globalization;

namespace Subsidy.Core.Bank;

/// <summary>
/// Writes a bank's answer (<c>pain.002.001.10</c>), for the simulated bank of a machine without a real one. The bytes follow from the
/// report alone.
/// </summary>
public static class PaymentStatusReportWriter
{
    private const int MaxInformation = 105;

    /// <param name="output">Left open.</param>
    /// <exception cref="BankFileException">An id is empty, too long or has other than Latin characters.</exception>
    public static async Task WriteAsync(PaymentStatusReport report, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        DemandId(report.MessageId);
        DemandId(report.OriginalMessageId);
        using var xml = new MessageWriter(output, Messages.PaymentStatusReport);
        WriteGroup(xml, report);
        if (report.Transactions.Count > 0)
        {
            xml.Line();
            xml.Start("OrgnlPmtInfAndSts");
            xml.Line();
            xml.Text("OrgnlPmtInfId", report.OriginalMessageId);
            foreach (var transaction in report.Transactions)
            {
                DemandId(transaction.EndToEndId);
                WriteTransaction(xml, transaction);
                await xml.HandOverAsync(cancellation);
            }
            xml.Line();
            xml.End();
        }
        xml.Line();
        xml.End();
        await xml.FinishAsync(cancellation);
    }

    private static void DemandId(string id)
    {
        if (FieldRules.Identifier(id, new("编号", "The id")) is { } fault)
            throw new BankFileException(fault);
    }

    private static void WriteGroup(MessageWriter xml, PaymentStatusReport report)
    {
        xml.Line();
        xml.Start("CstmrPmtStsRpt");
        xml.Line();
        xml.Start("GrpHdr");
        xml.Text("MsgId", report.MessageId);
        xml.Text("CreDtTm", Messages.DateTime(report.CreatedAt));
        xml.End();
        xml.Line();
        xml.Start("OrgnlGrpInfAndSts");
        xml.Text("OrgnlMsgId", report.OriginalMessageId);
        xml.Text("OrgnlMsgNmId", Messages.CreditTransferInitiation);
        if (report.OriginalCount is { } count)
            xml.Text("OrgnlNbOfTxs", count.ToString(CultureInfo.InvariantCulture));
        if (report.OriginalControlSum is { } sum)
            xml.Text("OrgnlCtrlSum", Messages.Decimal(sum));
        if (report.Group is { } group)
            WriteStatus(xml, "GrpSts", group);
        xml.End();
    }

    private static void WriteTransaction(MessageWriter xml, TransactionStatus transaction)
    {
        xml.Line();
        xml.Start("TxInfAndSts");
        xml.Text("OrgnlEndToEndId", transaction.EndToEndId);
        if (transaction.Own)
            WriteStatus(xml, "TxSts", transaction.Status);
        if (transaction.BankReference is { } reference)
            xml.Text("AcctSvcrRef", reference);
        if (transaction.SettledAmount is not null || transaction.Amount is not null || transaction.SettledOn is not null)
        {
            xml.Start("OrgnlTxRef");
            if (transaction.SettledAmount is { } settled)
                xml.Amount("IntrBkSttlmAmt", settled);
            if (transaction.Amount is { } amount)
            {
                xml.Start("Amt");
                xml.Amount("InstdAmt", amount);
                xml.End();
            }
            if (transaction.SettledOn is { } date)
                xml.Text("IntrBkSttlmDt", Messages.Date(date));
            xml.End();
        }
        xml.End();
    }

    private static void WriteStatus(MessageWriter xml, string name, ReportedStatus status)
    {
        xml.Text(name, status.Code);
        foreach (var reason in status.Reasons)
        {
            xml.Start("StsRsnInf");
            if (reason.Code is { } code)
                xml.Path(code, "Rsn", code.Length <= 4 ? "Cd" : "Prtry");
            foreach (var line in (reason.Information ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                foreach (var piece in Pieces(line))
                    xml.Text("AddtlInf", piece);
            xml.End();
        }
    }

    private static IEnumerable<string> Pieces(string line)
    {
        for (var start = 0; start < line.Length;)
        {
            var length = Math.Min(MaxInformation, line.Length - start);
            // Not between the halves of a rare character.
            if (start + length < line.Length && char.IsHighSurrogate(line[start + length - 1]))
                length--;
            yield return line.Substring(start, length);
            start += length;
        }
    }
}
