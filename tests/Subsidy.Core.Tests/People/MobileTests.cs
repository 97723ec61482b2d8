using Subsidy.Core.People;

namespace Subsidy.Core.Tests.People;

public sealed class MobileTests
{
    [Theory]
    [InlineData("13812345678")]
    [InlineData(" 138 1234 5678 ")]
    [InlineData("１３８１２３４５６７８")]
    [InlineData("\u202d13812345678\u202c")]
    public void A_mobile_number_is_read_however_it_was_pasted(string text)
    {
        Assert.True(Mobile.TryParse(text, out var mobile, out var fault), fault?.En);
        Assert.Equal("13812345678", mobile.Value);
        Assert.Equal("138****5678", mobile.Masked);
        Assert.Equal("138****5678", $"{mobile}");
    }

    [Fact]
    public void The_second_digit_is_3_to_9()
    {
        for (var second = 0; second <= 9; second++)
            Assert.Equal(second >= 3, Mobile.TryParse($"1{second}012345678", out _, out _));
    }

    [Theory]
    [InlineData(null, "Enter", "请填写")]
    [InlineData("1381234567", "11 digits; this one has 10", "现在是10位")]
    [InlineData("138123456789", "11 digits; this one has 12", "现在是12位")]
    [InlineData("+8613812345678", "without +86", "不加区号")]
    [InlineData("138-1234-5678", "without dashes", "横线")]
    [InlineData("08381234567", "starts with 13 to 19", "13至19开头")]
    [InlineData("12012345678", "starts with 13 to 19", "13至19开头")]
    public void A_fault_says_what_is_wrong_and_what_would_be_right(string? text, string english, string chinese)
    {
        Assert.False(Mobile.TryParse(text, out var mobile, out var fault));
        Assert.Null(mobile);
        Assert.Contains(english, fault.En, StringComparison.Ordinal);
        Assert.Contains(chinese, fault.Zh, StringComparison.Ordinal);
    }
}
