using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

public sealed class BankWordTests
{
    [Theory]
    [InlineData(LineOutcome.Failed, "AC04", true)]
    [InlineData(LineOutcome.Disputed, "AC04", true)]
    [InlineData(LineOutcome.Resolved, "AC04", true)]
    [InlineData(LineOutcome.Disputed, null, false)]
    [InlineData(LineOutcome.Resolved, null, false)]
    [InlineData(LineOutcome.Pending, null, false)]
    [InlineData(LineOutcome.Settled, null, false)]
    public void That_it_was_paid_contradicts_only_that_it_was_not(LineOutcome before, string? code, bool contradicts)
    {
        var line = new PayLine("a-once", "s", "v", Money.FromYuan(1), 1) { Outcome = before, Code = code };
        Assert.Equal(contradicts, BankWord.Of(line, new ReportedStatus("ACSC")).Contradicts(line));
    }
}
