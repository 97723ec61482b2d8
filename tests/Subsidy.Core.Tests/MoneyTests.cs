using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace Subsidy.Core.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(123450, "1,234.50")]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(-5, "-0.05")]
    [InlineData(-123456789, "-1,234,567.89")]
    [InlineData(long.MaxValue, "92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, "-92,233,720,368,547,758.08")]
    public void Money_is_written_in_yuan_with_two_decimals(long fen, string expected) =>
        Assert.Equal(expected, new Money(fen).ToString());

    [Fact]
    public void Money_is_written_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1,234.50", new Money(123450).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_yuan_is_a_hundred_fen() => Assert.Equal(new Money(60_000), Money.FromYuan(600));

    [Fact]
    public void An_amount_that_does_not_fit_is_an_overflow_and_never_wraps()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => Money.FromYuan(long.MaxValue / 100 + 1));
        Assert.Throws<OverflowException>(() => Money.FromYuan(long.MinValue / 100 - 1));
    }

    [Fact]
    public void Adding_and_taking_away_agree() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((a, b) => new Money(a) + new Money(b) - new Money(b) == new Money(a)
            && new Money(a) + Money.Zero == new Money(a));

    [Fact]
    public void Money_is_ordered_as_its_fen() => Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
    {
        var (left, right) = (new Money(a), new Money(b));
        Assert.Equal(a < b, left < right);
        Assert.Equal(a > b, left > right);
        Assert.Equal(a <= b, left <= right);
        Assert.Equal(a >= b, left >= right);
        Assert.Equal(a.CompareTo(b), left.CompareTo(right));
        Assert.Equal(a == b, left == right);
    });

    [Fact]
    public void Money_is_a_plain_integer_of_fen_in_JSON()
    {
        Assert.Equal("""{"amount":123450}""", JsonSerializer.Serialize(new { amount = Money.FromYuan(1234) + new Money(50) }));
        Gen.Long.Sample(fen => JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(new Money(fen))).Fen == fen);
    }

    [Theory]
    [InlineData("12.5")]
    [InlineData("1e3")]
    [InlineData("\"100\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("9223372036854775808")]
    public void Anything_else_in_JSON_is_refused_with_the_form_that_is_wanted(string json)
    {
        var refusal = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json));
        Assert.Contains("whole number of fen", refusal.Message, StringComparison.Ordinal);
    }
}
