using System.Globalization;

namespace Subsidy.Core.Bank;

/// <summary>Writes a bank file: CustomerCreditTransferInitiationV09 of ISO 20022 (<c>pain.001.001.09</c>).</summary>
public static class PaymentOrderWriter
{
    /// <summary>
    /// The bytes follow from order and transfers alone. One transfer at a time is held in memory, besides the end-to-end ids.
    /// </summary>
    /// <param name="transfers">In the order in which they shall stand in the file.</param>
    /// <param name="output">Left open. What was written to it before an exception is no bank file.</param>
    /// <exception cref="BankFileException">
    /// Order or transfers break a rule of <see cref="PaymentOrderCheck"/>. Faults of the order are found before anything is written;
    /// those of a transfer when its turn comes, and those of the totals at the end, before the message is closed.
    /// </exception>
    public static async Task WriteAsync(
        PaymentOrder order, IAsyncEnumerable<CreditTransfer> transfers, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transfers);
        var check = new PaymentOrderCheck(order);
        Demand(check.OrderFaults().FirstOrDefault());

        using var xml = new MessageWriter(output, Messages.CreditTransferInitiation);
        WriteHeader(xml, order);
        await foreach (var transfer in transfers.WithCancellation(cancellation))
        {
            Demand(check.Next(transfer) is [var fault, ..] ? fault : null);
            WriteTransfer(xml, transfer);
            await xml.HandOverAsync(cancellation);
        }
        Demand(check.TotalsFault());
        xml.Line();
        xml.End();
        xml.Line();
        xml.End();
        await xml.FinishAsync(cancellation);
    }

    private static void Demand(Text? fault)
    {
        if (fault is not null)
            throw new BankFileException(fault);
    }

    private static void WriteHeader(MessageWriter xml, PaymentOrder order)
    {
        xml.Line();
        xml.Start("CstmrCdtTrfInitn");
        xml.Line();
        xml.Start("GrpHdr");
        xml.Text("MsgId", order.MessageId);
        xml.Text("CreDtTm", Messages.DateTime(order.CreatedAt));
        WriteTotals(xml, order);
        xml.Path(order.Debtor.Name, "InitgPty", "Nm");
        xml.End();

        xml.Line();
        xml.Start("PmtInf");
        xml.Line();
        // One block to a file, so it needs no name of its own.
        xml.Text("PmtInfId", order.MessageId);
        xml.Text("PmtMtd", "TRF");
        // One debit for the whole file on the township's statement, as the pay run is one sum in its ledger.
        xml.Text("BtchBookg", "true");
        WriteTotals(xml, order);
        xml.Path(Messages.Date(order.ExecutionDate), "ReqdExctnDt", "Dt");
        xml.Path(order.Debtor.Name, "Dbtr", "Nm");
        xml.Path(order.Debtor.Account, "DbtrAcct", "Id", "Othr", "Id");
        xml.Agent("DbtrAgt", order.Debtor.Bank);
    }

    private static void WriteTotals(MessageWriter xml, PaymentOrder order)
    {
        xml.Text("NbOfTxs", order.Count.ToString(CultureInfo.InvariantCulture));
        xml.Text("CtrlSum", Messages.Decimal(order.ControlSum));
    }

    private static void WriteTransfer(MessageWriter xml, CreditTransfer transfer)
    {
        xml.Line();
        xml.Start("CdtTrfTxInf");
        xml.Path(transfer.EndToEndId, "PmtId", "EndToEndId");
        xml.Start("Amt");
        xml.Amount("InstdAmt", transfer.Amount);
        xml.End();
        if (transfer.CreditorBank is { } bank)
            xml.Agent("CdtrAgt", bank);
        xml.Path(transfer.CreditorName, "Cdtr", "Nm");
        xml.Path(transfer.CreditorAccount, "CdtrAcct", "Id", "Othr", "Id");
        if (transfer.Purpose is { } purpose)
            xml.Path(purpose, "Purp", "Cd");
        xml.Path(transfer.Remittance, "RmtInf", "Ustrd");
        xml.End();
    }
}
