using CsCheck;
using Subsidy.Core.People;

namespace Subsidy.Core.Tests.People;

public sealed class IdNumberTests
{
    private static readonly DateOnly Today = new(2025, 11, 20);

    // The table of GB 11643-1999, written out: independent of the recurrence that the code uses.
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private static readonly string[] Regions =
        ["360121", "110105", "440524", "622727", "710000", "830000", "500101", "659001"];

    private static readonly Gen<string> SoundNumber =
        from region in Gen.Int[0, Regions.Length - 1].Select(place => Regions[place])
        from day in Gen.Int[0, 45_000]
        from sequence in Gen.Int[0, 999]
        select WithCheck($"{region}{new DateOnly(1900, 1, 1).AddDays(day):yyyyMMdd}{sequence:000}");

    private static string WithCheck(string digits) =>
        digits + "10X98765432"[digits.Select((digit, place) => (digit - '0') * Weights[place]).Sum() % 11];

    private static Text FaultOf(string? text)
    {
        Assert.False(IdNumber.TryParse(text, Today, out var value, out var fault));
        Assert.Null(value);
        return fault;
    }

    private static IdNumber Sound(string text)
    {
        Assert.True(IdNumber.TryParse(text, Today, out var value, out var fault), fault?.En);
        return value;
    }

    [Theory]
    [InlineData("11010519491231002X", 1949, 12, 31)] // the two examples of GB 11643-1999
    [InlineData("440524188001010014", 1880, 1, 1)]
    public void The_examples_of_the_standard_are_sound(string text, int year, int month, int day)
    {
        var number = Sound(text);
        Assert.Equal(text, number.Value);
        Assert.Equal(new DateOnly(year, month, day), number.BirthDate);
    }

    [Fact]
    public void Every_number_made_by_the_standards_table_is_sound() =>
        SoundNumber.Sample(text => IdNumber.TryParse(text, Today, out var number, out _) && number.Value == text);

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X ")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("110105\u300019491231\u00a0002ｘ")]
    [InlineData("\u202d11010519491231002X\u202c")]
    public void What_people_paste_is_brought_to_one_form(string text) =>
        Assert.Equal("11010519491231002X", Sound(text).Value);

    [Fact]
    public void Every_single_wrong_character_is_found() =>
        Gen.Select(SoundNumber, Gen.Int[0, 17], Gen.Char["0123456789X"]).Sample((text, place, wrong) =>
            text[place] == wrong || !IdNumber.TryParse(text[..place] + wrong + text[(place + 1)..], Today, out _, out _));

    [Fact]
    public void Every_exchange_of_two_neighbours_is_found() =>
        Gen.Select(SoundNumber, Gen.Int[0, 16]).Sample((text, place) => text[place] == text[place + 1]
            || !IdNumber.TryParse($"{text[..place]}{text[place + 1]}{text[place]}{text[(place + 2)..]}", Today, out _, out _));

    [Fact]
    public void No_text_whatever_throws() => Gen.String.Sample(text =>
        IdNumber.TryParse(text, Today, out var value, out var fault) ? value is not null : fault is not null);

    [Theory]
    [InlineData(null, "Enter", "请填写")]
    [InlineData("  ", "Enter", "请填写")]
    [InlineData("11010519491231002", "18 characters; this one has 17", "现在是17位")]
    [InlineData("110105491231002", "18 characters; this one has 15", "现在是15位")]
    [InlineData("1101051949123100X2", "17 digits and then a digit or X", "应为数字")]
    [InlineData("11010519491231002Y", "17 digits and then a digit or X", "应为数字")]
    [InlineData("11010519491231002٣", "17 digits and then a digit or X", "应为数字")]
    [InlineData("160105194912310021", "16, are not a province", "“16”不是省级行政区代码")]
    [InlineData("110105194913310021", "real birth date", "真实的出生日期")]
    [InlineData("110105190002290021", "real birth date", "真实的出生日期")]
    [InlineData("110105187412310021", "real birth date", "真实的出生日期")]
    [InlineData("110105202511210021", "lies in the future", "晚于今天")]
    [InlineData("110105194912310021", "check character", "校验码")]
    public void A_fault_says_which_check_failed_and_what_would_be_right(string? text, string english, string chinese)
    {
        var fault = FaultOf(text);
        Assert.Contains(english, fault.En, StringComparison.Ordinal);
        Assert.Contains(chinese, fault.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_wrong_character_like_others() =>
        Assert.Contains("17 digits and then a digit or X", FaultOf("11010519491231002\ud800").En, StringComparison.Ordinal);

    [Fact]
    public void Somebody_born_today_has_a_number() => Sound(WithCheck("36012120251120001"));

    [Theory]
    [InlineData("2025-12-30", 75)]
    [InlineData("2025-12-31", 76)]
    [InlineData("1949-12-31", 0)]
    [InlineData("1949-12-30", -1)]
    public void Age_is_the_number_of_completed_years(string date, int age) =>
        Assert.Equal(age, Sound("11010519491231002X").AgeOn(DateOnly.Parse(date, null)));

    [Fact]
    public void Who_is_born_on_a_leap_day_completes_a_year_on_the_first_of_March()
    {
        var number = Sound(WithCheck("36012120040229001"));
        Assert.Equal(17, number.AgeOn(new DateOnly(2022, 2, 28)));
        Assert.Equal(18, number.AgeOn(new DateOnly(2022, 3, 1)));
        Assert.Equal(20, number.AgeOn(new DateOnly(2024, 2, 29)));
    }

    [Fact]
    public void A_number_is_shown_masked_unless_asked_for_in_full()
    {
        var number = Sound("11010519491231002X");
        Assert.Equal("1101**********002X", number.Masked);
        Assert.Equal(number.Masked, $"{number}");
    }

    [Fact]
    public void A_fault_never_repeats_the_number() => SoundNumber.Sample(text =>
    {
        var broken = text[..17] + (text[17] == '0' ? '1' : '0');
        return !IdNumber.TryParse(broken, Today, out _, out var fault) && !(fault.En + fault.Zh).Contains(text[6..14], StringComparison.Ordinal);
    });
}
