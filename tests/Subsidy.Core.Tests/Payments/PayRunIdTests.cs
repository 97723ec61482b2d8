using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

public sealed class PayRunIdTests
{
    [Theory]
    [InlineData("relief-2026-0001", true)]
    [InlineData("rural-revitalisation-2026-12345", true)]
    [InlineData("relief-2026-1", false)]
    [InlineData("relief-2026-0000", false)]
    [InlineData("relief-2026", false)]
    [InlineData("relief/../x-2026-0001", false)]
    [InlineData("relief?-2026-0001", false)]
    [InlineData("relief%2F-2026-0001", false)]
    [InlineData("a\u0001-2026-0001", false)]
    [InlineData("资金-2026-0001", false)]
    [InlineData("Relief-2026-0001", false)]
    [InlineData("relief-+026-0001", false)]
    [InlineData("relief-0000-0001", false)]
    [InlineData("", false)]
    public void A_number_is_read_as_it_is_written(string text, bool sound) => Assert.Equal(sound ? text : null, PayRunId.Parse(text)?.ToString());
}
