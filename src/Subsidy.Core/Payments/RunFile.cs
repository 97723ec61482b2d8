using Subsidy.Core.Applications;
using Subsidy.Core.Bank;

namespace Subsidy.Core.Payments;

/// <summary>How a run and its lines stand in a bank file. It follows from what is stored and nothing else.</summary>
internal static class RunFile
{
    /// <exception cref="InvalidOperationException">The run is not committed yet.</exception>
    public static PaymentOrder OrderOf(PayRun run)
    {
        var order = OrderedBy(run);
        return new PaymentOrder(run.Id.ToString(), order.At, order.ExecutionDate, run.Debtor, order.Total.Count, order.Total.Sum);
    }

    public static CreditTransfer TransferOf(PayLine line)
    {
        var payee = line.Payee!;
        return new CreditTransfer(
            line.EndToEndId, line.Amount, payee.Name, payee.Account, string.IsNullOrWhiteSpace(payee.Bank) ? null : new FinancialInstitution(payee.Bank), line.Remittance);
    }

    public static OneCardBatch BatchOf(PayRun run) => new(run.Id.ToString(), run.Id.Fund.Code, OrderedBy(run).Total.Count, OrderedBy(run).Total.Sum);

    public static OneCardPayment PaymentOf(PayLine line) => new(
        line.Payee!.Name, line.IdNumber!, line.Payee.Account, string.IsNullOrWhiteSpace(line.Payee.Bank) ? null : line.Payee.Bank, line.Amount, NoteOf(line));

    /// <summary>The reference is what somebody looks for: of a long remittance the end is left out.</summary>
    private static string NoteOf(PayLine line)
    {
        var reference = $" {Reference.Of(line.Application)}";
        return Cut(line.Remittance, OneCardFile.LongestNote - reference.Length) + reference;
    }

    /// <summary>Half a character is one that no bank file takes.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>Why a bank file would not take the line.</summary>
    public static IEnumerable<Text> Faults(PayRun run, PayLine line) => PaymentOrderCheck.Faults(
        new PaymentOrder(run.Id.ToString(), run.OpenedAt, run.Until, run.Debtor, 1, line.Amount), [TransferOf(line)]);

    private static Order OrderedBy(PayRun run) => run.Ordered ?? throw new InvalidOperationException($"{run.Id} is not committed yet.");
}
