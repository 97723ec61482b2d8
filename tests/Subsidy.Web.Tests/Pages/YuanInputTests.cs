using Subsidy.Core;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Tests.Pages;

public sealed class YuanInputTests
{
    [Theory]
    [InlineData("1234.5", 123_450)]
    [InlineData("1,234.50", 123_450)]
    [InlineData("１，２３４．５０", 123_450)]
    [InlineData("1,234,567", 123_456_700)]
    [InlineData("¥ 0.01", 1)]
    [InlineData(".5", 50)]
    public void An_amount_is_read_as_people_type_it(string typed, long fen) => Assert.Equal(new Money(fen), YuanInput.Read(typed));

    /// <summary>Where a comma stands for the point, the amount would be a hundred times as much.</summary>
    [Theory]
    [InlineData("12,50")]
    [InlineData("1,5")]
    [InlineData("1,2345")]
    [InlineData("1,,234")]
    [InlineData(",234")]
    [InlineData("1234,567")]
    [InlineData("1.234,50")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0.001")]
    [InlineData("1000000000000.01")]
    [InlineData("")]
    public void What_might_be_another_amount_is_none(string typed) => Assert.Null(YuanInput.Read(typed));
}
