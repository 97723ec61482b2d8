using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Answers of the bank that fitted their run when they came, and were kept with it.</summary>
internal static class KeptAnswers
{
    /// <exception cref="InvalidOperationException">It is gone.</exception>
    public static async Task<Stream> OpenAsync(this IBankFiles files, PayRunId run, string sha256, CancellationToken cancel) =>
        await files.OpenAsync(BankFileNames.Answer(run, sha256), cancel) ?? throw new InvalidOperationException($"The bank's answer {sha256} to {run} is gone.");

    /// <exception cref="InvalidOperationException">It is gone, or can no longer be read.</exception>
    public static async Task<PaymentStatusReport> ReadAsync(this IBankFiles files, PayRunId run, string sha256, CancellationToken cancel)
    {
        await using var content = await files.OpenAsync(run, sha256, cancel);
        return (await PaymentStatusReportReader.ReadAsync(content, cancellation: cancel)).Report
            ?? throw new InvalidOperationException($"The bank's answer {sha256} to {run} can no longer be read.");
    }
}
