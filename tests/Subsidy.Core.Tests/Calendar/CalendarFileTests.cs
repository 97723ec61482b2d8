using CsCheck;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Calendar;

public sealed class CalendarFileTests
{
    private const string Sound = """
        year: 2026
        notice: 国办发明电〔2025〕7号
        holidays:
          - zh: 元旦
            en: New Year's Day
            days: 2026-01-01 to 2026-01-03
            work: [2026-01-04]
          - zh: 清明节
            en: Qingming Festival
            days: 2026-04-05
        """;

    private static IReadOnlyList<CalendarFault> FaultsOf(string yaml, string file = "2026.yaml") =>
        Assert.Throws<CalendarFileException>(() => CalendarFile.Read(file, yaml)).Faults;

    [Fact]
    public void A_sound_file_is_read()
    {
        var year = CalendarFile.Read("township/calendar/2026.yaml", Sound);
        Assert.Equal((2026, "国办发明电〔2025〕7号"), (year.Year, year.Notice));
        Assert.Equal(new Text("元旦", "New Year's Day"), year.Holidays[0].Name);
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 3)), (year.Holidays[0].First, year.Holidays[0].Last));
        Assert.Equal([new DateOnly(2026, 1, 4)], year.Holidays[0].WorkedInstead);
        Assert.Equal([new DateOnly(2026, 4, 5)], year.Holidays[1].DaysOff());
        Assert.Empty(year.Holidays[1].WorkedInstead);
    }

    [Fact]
    public void A_New_Year_holiday_may_begin_in_the_December_before()
    {
        var year = CalendarFile.Read("2019.yaml", """
            year: 2019
            notice: 国办发明电〔2018〕15号
            holidays:
              - { zh: 元旦, en: New Year's Day, days: 2018-12-30 to 2019-01-01, work: [2018-12-29] }
            """);
        var calendar = WorkingCalendar.From([year]);
        Assert.True(calendar.IsWorkingDay(new DateOnly(2018, 12, 29)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2018, 12, 31)));
    }

    [Theory]
    [InlineData("days: 2026-04-05", "days: 2026-01-03", 10, "2026-01-03 is already named on line 6")]
    [InlineData("days: 2026-04-05", "days: 2026-01-04", 10, "2026-01-04 is already named on line 7")]
    [InlineData("work: [2026-01-04]", "work: [2026-01-03]", 7, "2026-01-03 is already named on line 6")]
    [InlineData("work: [2026-01-04]", "work: [2026-01-04, 2026-01-04]", 7, "2026-01-04 is already named on line 7")]
    [InlineData("work: [2026-01-04]", "work: [2026-01-05]", 7, "2026-01-05 is a Monday; a moved working day is a Saturday or Sunday")]
    [InlineData("work: [2026-01-04]", "work: 2026-01-04", 7, "Here stands a list")]
    [InlineData("work: [2026-01-04]", "works: [2026-01-04]", 7, "The key \"works\" is unknown; known are zh, en, days, work")]
    [InlineData("days: 2026-04-05", "days: 2027-04-05", 10, "2027-04-05 is not a day of 2026 or of the December before it")]
    [InlineData("days: 2026-04-05", "days: 2025-11-30", 10, "2025-11-30 is not a day of 2026 or of the December before it")]
    [InlineData("days: 2026-04-05", "days: 2026-04-31", 10, "\"2026-04-31\" is not a date; write 2026-10-01")]
    [InlineData("days: 2026-04-05", "days: 2026-04-05 - 2026-04-06", 10, "or for several days 2026-10-01 to 2026-10-07")]
    [InlineData("days: 2026-04-05", "days: 2026-04-05 to 2026-04-06 to 2026-04-07", 10, "is not a date")]
    [InlineData("days: 2026-04-05", "days: 2026-04-05 to 2026-04-04", 10, "The last day of the holiday is before the first one")]
    [InlineData("days: 2026-04-05", "days: [2026-04-05]", 10, "Here stands one value")]
    [InlineData("    days: 2026-04-05", "", 8, "\"days\" is missing")]
    [InlineData("zh: 清明节", "zh:", 8, "Here stands one value that is not empty")]
    [InlineData("year: 2026", "year: 2025", 1, "The file is named for another year; that of 2025 is 2025.yaml")]
    [InlineData("year: 2026", "year: next", 1, "\"next\" is not a year")]
    [InlineData("notice: 国办发明电〔2025〕7号", "# none", 1, "\"notice\" is missing")]
    [InlineData("notice: 国办发明电〔2025〕7号", "year: 2026", 2, "This is not valid YAML: Duplicate key")]
    [InlineData("zh: 清明节", "zh: [", 8, "This is not valid YAML")]
    [InlineData("  - zh: 清明节", "  - 清明节\n  - zh: 清明节", 8, "Here stand the fields zh, en, days, work")]
    public void A_fault_is_told_with_its_file_its_line_and_what_would_be_right(string sound, string broken, int line, string what)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        var fault = Assert.Single(FaultsOf(Sound.Replace(sound, broken, StringComparison.Ordinal)));
        Assert.Equal(("2026.yaml", line), (fault.File, fault.Line));
        Assert.Contains(what, fault.What.En, StringComparison.Ordinal);
        Assert.NotEmpty(fault.What.Zh);
        Assert.StartsWith($"2026.yaml:{line}: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("year: 2026\n---\nyear: 2026")]
    [InlineData("- 2026")]
    [InlineData("2026")]
    [InlineData("year: 2026\nnotice: none\nholidays: []")]
    public void What_is_no_calendar_at_all_is_one_fault(string yaml) => Assert.Single(FaultsOf(yaml));

    [Fact]
    public void Bottomless_nesting_is_a_fault_and_not_the_end_of_the_process() =>
        Assert.Contains("nested more than", Assert.Single(FaultsOf(new string('[', 200_000))).What.En, StringComparison.Ordinal);

    [Fact]
    public void No_slip_of_the_keyboard_throws_anything_else() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[0, 3], Gen.Char["[]{}:,-#&*!|>'\"%@`? \n\t20"].Array[0, 3])
            .Sample((place, left, typed) =>
            {
                var yaml = Sound[..place] + new string(typed) + Sound[Math.Min(Sound.Length, place + left)..];
                try
                {
                    CalendarFile.Read("2026.yaml", yaml);
                }
                catch (CalendarFileException e)
                {
                    Assert.All(e.Faults, fault => Assert.InRange(fault.Line, 1, yaml.Count(c => c == '\n') + 1));
                }
            });

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_their_lines()
    {
        var faults = FaultsOf("""
            year: 2026
            holidays:
              - { zh: 元旦, days: 2026-01-01, remark: x }
              - { zh: 春节, en: Spring Festival, days: 2026-13-01, work: [2026-02-13] }
            """);
        Assert.Equal([1, 3, 3, 4, 4], faults.Select(fault => fault.Line));
    }
}
