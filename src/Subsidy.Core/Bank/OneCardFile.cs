using System.Globalization;
using System.Text;

namespace Subsidy.Core.Bank;

/// <summary>
/// Writes a batch for a rural "one-card" platform (惠民惠农财政补贴资金"一卡通"): CSV, UTF-8 with byte order mark so that Excel reads
/// Chinese, CRLF, one line of headings, RFC 4180 quoting. The bytes follow from batch and payments alone.
/// </summary>
/// <remarks>
/// Platforms differ by county in the order of columns; these are the ones that all of them ask for. Numbers of accounts and identity
/// cards stand as they are: import those columns as text, because a spreadsheet that takes them for numbers rounds them.
/// </remarks>
public static class OneCardFile
{
    internal const int LongestNote = 140;

    private const string Headings = "序号,姓名,身份证号,卡号/账号,开户行,金额(元),项目,批次号,备注";

    /// <param name="output">Left open. What was written to it before an exception is no file for a platform.</param>
    /// <exception cref="BankFileException">A field is missing or unsound, or the payments do not add up to the batch.</exception>
    public static async Task WriteAsync(
        OneCardBatch batch, IAsyncEnumerable<OneCardPayment> payments, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(payments);
        ArgumentNullException.ThrowIfNull(output);
        Demand(BatchFault(batch));
        await using var text = new StreamWriter(output, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        var number = 0;
        var sum = Money.Zero;
        await text.WriteLineAsync(Headings.AsMemory(), cancellation);
        await foreach (var payment in payments.WithCancellation(cancellation))
        {
            number++;
            if (PaymentFault(payment) is { } fault)
                throw new BankFileException($"第{number}笔：{fault.Zh}", $"Payment {number}: {fault.En}");
            if (number > batch.Count)
                throw new BankFileException($"笔数多于订明的{batch.Count}笔。", $"There are more payments than the {batch.Count} ordered.");
            sum = FieldRules.Sum(sum, payment.Amount);
            await text.WriteLineAsync(Line(number, payment, batch).AsMemory(), cancellation);
        }
        if (number != batch.Count || sum != batch.ControlSum)
            throw new BankFileException(
                $"应为{batch.Count}笔、{batch.ControlSum}元，实际为{number}笔、{sum}元。",
                $"The batch is {batch.Count} payments of {batch.ControlSum} yuan; these are {number} of {sum}.");
        await text.FlushAsync(cancellation);
    }

    private static string Line(int number, OneCardPayment payment, OneCardBatch batch) => string.Join(',',
        number.ToString(CultureInfo.InvariantCulture),
        Cell(payment.Name),
        payment.IdNumber,
        payment.Account,
        Cell(payment.Bank ?? ""),
        Messages.Decimal(payment.Amount),
        Cell(batch.Item),
        Cell(batch.Number),
        Cell(payment.Note ?? ""));

    /// <summary>
    /// A cell of free text. One that a spreadsheet would take for a formula gets an apostrophe before it; accounts and ID numbers are
    /// letters and digits and never need one.
    /// </summary>
    private static string Cell(string text)
    {
        // Full-width signs begin a formula too in a Chinese Excel.
        var safe = text.AsSpan().TrimStart() is [var first, ..] && "=+-@＝＋－＠".Contains(first, StringComparison.Ordinal) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"") || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static Text? BatchFault(OneCardBatch batch) =>
        batch.Count is < 1 or > PaymentOrder.MaxTransfers
            ? new($"笔数应为1至{PaymentOrder.MaxTransfers}。", $"The count is 1 to {PaymentOrder.MaxTransfers}.")
            : FieldRules.Identifier(batch.Number, new("批次号", "The batch number")) ?? FieldRules.Words(batch.Item, 140, new("项目", "The item"));

    private static Text? PaymentFault(OneCardPayment payment) =>
        FieldRules.Words(payment.Name, 140, new("姓名", "The name"))
        ?? FieldRules.Account(payment.IdNumber, new("身份证号", "The ID number"))
        ?? FieldRules.Account(payment.Account, new("账号", "The account"))
        ?? FieldRules.Amount(payment.Amount, new("金额", "The amount"))
        ?? (payment.Bank is null ? null : FieldRules.Words(payment.Bank, 140, new("开户行", "The bank")))
        ?? (payment.Note is null ? null : FieldRules.Words(payment.Note, LongestNote, new("备注", "The note")));

    private static void Demand(Text? fault)
    {
        if (fault is not null)
            throw new BankFileException(fault);
    }
}

/// <param name="Number">批次号, 1 to 35 Latin characters.</param>
/// <param name="Item">项目, the subsidy that is paid.</param>
/// <param name="Count">1 to <see cref="PaymentOrder.MaxTransfers"/>; with the sum a control total, as in <see cref="PaymentOrder"/>.</param>
public sealed record OneCardBatch(string Number, string Item, int Count, Money ControlSum);

/// <remarks>Personal data: <see cref="ToString"/> says nothing of it.</remarks>
/// <param name="Name">Of the account's holder.</param>
/// <param name="IdNumber">身份证号 of a person, or the credit code 统一社会信用代码 of an enterprise.</param>
/// <param name="Account">Card or passbook, letters and digits and hyphens.</param>
/// <param name="Note">备注, such as the application's reference.</param>
public sealed record OneCardPayment(string Name, string IdNumber, string Account, string? Bank, Money Amount, string? Note)
{
    public override string ToString() => nameof(OneCardPayment);
}
