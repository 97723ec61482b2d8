using CsCheck;
using Subsidy.Core.People;

namespace Subsidy.Core.Tests.People;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("zhangsan@qq.com", "zhangsan@qq.com")]
    [InlineData(" Zhang.San+a@Example.COM.cn ", "Zhang.San+a@example.com.cn")]
    [InlineData("１２３４５６＠ｑｑ．ｃｏｍ", "123456@qq.com")]
    [InlineData("a@b-c.example", "a@b-c.example")]
    [InlineData("a@xn--fiq228c.xn--fiqs8s", "a@xn--fiq228c.xn--fiqs8s")]
    public void An_address_is_read_and_its_host_written_small(string text, string expected)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out var fault), fault?.En);
        Assert.Equal(expected, address.Value);
    }

    [Fact]
    public void An_address_is_shown_masked_unless_asked_for_in_full()
    {
        Assert.True(EmailAddress.TryParse("zhangsan@qq.com", out var address, out _));
        Assert.Equal("z***@qq.com", address.Masked);
        Assert.Equal("z***@qq.com", $"{address}");
    }

    [Theory]
    [InlineData(null, "Enter", "请填写")]
    [InlineData("zhangsan.qq.com", "exactly one @", "只有一个“@”")]
    [InlineData("zhang@san@qq.com", "exactly one @", "只有一个“@”")]
    [InlineData("@qq.com", "Before the @", "“@”前")]
    [InlineData("zhang san@qq.com", "without spaces", "不含空格")]
    [InlineData("张三@qq.com", "without spaces and Chinese", "中文")]
    [InlineData(".zhang@qq.com", "a dot is neither first", "点不能在首尾")]
    [InlineData("zhang..san@qq.com", "a dot is neither first", "点不能在首尾")]
    [InlineData("zhang@qq", "After the @", "“@”后")]
    [InlineData("zhang@qq。com", "After the @", "“@”后")]
    [InlineData("zhang@-qq.com", "After the @", "“@”后")]
    [InlineData("zhang@127.0.0.1", "After the @", "“@”后")]
    [InlineData("zhang@qq.com\r\nBcc: all@example.com", "exactly one @", "只有一个“@”")]
    [InlineData("zhang@qq.com\r\nBcc: all", "After the @", "“@”后")]
    public void A_fault_says_what_is_wrong_and_what_would_be_right(string? text, string english, string chinese)
    {
        Assert.False(EmailAddress.TryParse(text, out var address, out var fault));
        Assert.Null(address);
        Assert.Contains(english, fault.En, StringComparison.Ordinal);
        Assert.Contains(chinese, fault.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_has_at_most_254_characters_and_64_before_the_at()
    {
        var name = new string('a', 64);
        var host = string.Join('.', Enumerable.Repeat(new string('b', 61), 3)) + ".co"; // 188
        Assert.True(EmailAddress.TryParse($"{name}@{host}", out _, out _));
        Assert.False(EmailAddress.TryParse($"{name}a@qq.com", out _, out var tooLongName));
        Assert.Contains("1 to 64", tooLongName.En, StringComparison.Ordinal);
        Assert.False(EmailAddress.TryParse($"{name}@{host}mm", out _, out var tooLong));
        Assert.Contains("at most 254 characters; this one has 255", tooLong.En, StringComparison.Ordinal);
    }

    [Fact]
    public void No_sound_address_holds_a_character_that_a_mail_header_gives_a_meaning() =>
        Gen.Select(Gen.Char["ab\r\n<>,;:\"()[]\\ .@"].Array[1, 12], Gen.Const("@qq.com")).Sample((name, host) =>
            !EmailAddress.TryParse(new string(name) + host, out var address, out _)
            || address.Value.All(character => char.IsAsciiLetter(character) || character is '.' or '@'));
}
