using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Web.Tests.Site;

/// <summary>The bank's answer to a run of one payment of 600 yuan, as a file.</summary>
internal static class BankWord
{
    /// <param name="group">What it says of the whole run; null: settled.</param>
    public static async Task<byte[]> OnAsync(TestSite site, PayRunId run, ReportedStatus? group = null)
    {
        using var xml = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(
            new PaymentStatusReport("BANK-1", site.Time.GetUtcNow(), run.ToString(), group ?? new ReportedStatus("ACSC"), [], 1, new(60000)), xml,
            TestContext.Current.CancellationToken);
        return xml.ToArray();
    }
}
