using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using static Subsidy.Core.Tests.Payments.PayRunSteps;

namespace Subsidy.Core.Tests.Payments;

/// <summary>Who gets the bank files.</summary>
public sealed class DownloadTests
{
    [Fact]
    public void Bank_files_are_for_finance_staff()
    {
        Then(When(Sent, new RecordDownload("approves1", BankFileKind.PaymentOrder)), new FileDownloaded(BankFileKind.PaymentOrder, "approves1"));
        Refused(RefusalCode.NotAllowed, When(Sent, new RecordDownload("admin1", BankFileKind.PaymentOrder)));
        Refused(RefusalCode.NotFound, When(Sent, new RecordDownload("prepares1", BankFileKind.OneCard)));
        PayRunEvent[] both = [.. Committed, new FilesWritten(new BankFile("sha", 1), new BankFile("sha", 1))];
        Refused(RefusalCode.NotFound, When(both, new RecordDownload("prepares1", (BankFileKind)7)));
    }

    /// <summary>The bank takes one, the one-card platform the other: handed in both, they pay everybody twice.</summary>
    [Fact]
    public void Who_downloads_the_other_of_the_two_files_says_that_the_first_is_not_handed_in()
    {
        PayRunEvent[] one = [.. Committed, new FilesWritten(new BankFile("sha", 1), new BankFile("sha", 1)), new FileDownloaded(BankFileKind.PaymentOrder, "approves1")];
        Then(When(one, new RecordDownload("prepares1", BankFileKind.PaymentOrder)), new FileDownloaded(BankFileKind.PaymentOrder, "prepares1"));
        var other = new RecordDownload("prepares1", BankFileKind.OneCard);
        var told = Refused(RefusalCode.Invalid, When(one, other));
        Assert.StartsWith("Name of approves1 downloaded the other file of this run on 2026-03-02 09:00.", told.Faults[0].Message.En, StringComparison.Ordinal);
        Then(When(one, other with { Instead = true }), new FileDownloaded(BankFileKind.OneCard, "prepares1", Instead: true));
    }
}
