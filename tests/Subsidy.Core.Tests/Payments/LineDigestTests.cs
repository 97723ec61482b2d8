using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

public sealed class LineDigestTests
{
    [Fact]
    public void The_digest_covers_every_entitlement_attempt_amount_and_payee()
    {
        var line = new PayLine("a-once", "s", "v", Money.FromYuan(1), 1) { PayeeDigest = "#" };
        PayLine[] others = [line with { Entitlement = "b-once" }, line with { Attempt = 2 }, line with { Amount = Money.FromYuan(2) }, line with { PayeeDigest = "##" }];
        Assert.Equal(5, others.Append(line).Select(one => LineDigest.Of([one])).Distinct().Count());
    }
}
