using System.Globalization;

namespace Subsidy.Core.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("zh", "镇")]
    [InlineData("zh-CN", "镇")]
    [InlineData("zh-Hans", "镇")]
    [InlineData("zh-Hant-TW", "镇")]
    [InlineData("en-GB", "township")]
    [InlineData("fr", "township")]
    [InlineData("", "township")]
    public void A_text_is_Chinese_in_Chinese_cultures_and_English_elsewhere(string culture, string expected) =>
        Assert.Equal(expected, new Text("镇", "township").In(CultureInfo.GetCultureInfo(culture)));
}
