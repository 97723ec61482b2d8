using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Calendar;

/// <summary>The shipped years against the regulation that every notice carries out.</summary>
public sealed class AnnouncedYearsTests
{
    private static int WeekdaysOffLessWeekendDaysWorked(WorkingCalendar calendar, int year)
    {
        var balance = 0;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            balance += calendar.IsWorkingDay(day) == weekend ? weekend ? -1 : 1 : 0;
        }

        return balance;
    }

    [Fact]
    public void The_years_2024_to_2026_are_announced_each_with_its_notice()
    {
        Assert.Equal([(2024, "国办发明电〔2023〕7号"), (2025, "国办发明电〔2024〕12号"), (2026, "国办发明电〔2025〕7号")],
            Announced.Years.Select(year => (year.Year, year.Notice)));
        Assert.All(new[] { 2023, 2027 }, year => Assert.True(Announced.Calendar.IsProvisional(year)));
    }

    // Art. 6: a statutory day at a weekend is made good, and moving days gives and takes alike. So every year has as many
    // weekdays off, less weekend days worked, as the regulation has holidays: 11 until 2024, 13 since. A wrong day in a file
    // nearly always breaks the balance.
    [Theory]
    [InlineData(2024, 11)]
    [InlineData(2025, 13)]
    [InlineData(2026, 13)]
    public void Days_off_and_days_worked_balance_to_the_number_of_statutory_holidays(int year, int statutory) =>
        Assert.Equal(statutory, WeekdaysOffLessWeekendDaysWorked(Announced.Calendar, year));

    // The balance cannot tell one Saturday from the next, so these are pinned as the notices name them.
    [Theory]
    [InlineData(2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12")]
    [InlineData(2025, "01-26 02-08 04-27 09-28 10-11")]
    [InlineData(2026, "01-04 02-14 02-28 05-09 09-20 10-10")]
    public void The_weekend_days_worked_are_those_of_the_notices(int year, string days) =>
        Assert.Equal(days, string.Join(' ', Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays)
            .Where(day => day.Year == year && day.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Where(Announced.Calendar.IsWorkingDay)
            .Select(day => $"{day:MM-dd}")));

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void What_the_regulation_says_of_a_year_was_announced_in_the_end(int year)
    {
        var provisional = WorkingCalendar.From([]);
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            if (!provisional.IsWorkingDay(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                Assert.False(Announced.Calendar.IsWorkingDay(day), $"{day:yyyy-MM-dd}");
        }
    }

    [Fact]
    public void Every_provisional_year_of_the_century_has_thirteen_weekdays_off()
    {
        var provisional = WorkingCalendar.From([]);
        for (var year = 2000; year <= 2099; year++)
            Assert.Equal(13, WeekdaysOffLessWeekendDaysWorked(provisional, year));
    }

    [Theory]
    [InlineData("2027-01-01")] // New Year
    [InlineData("2027-02-05")] // the eve of Spring Festival, 6 February
    [InlineData("2027-02-08")] // its third day
    [InlineData("2027-02-09")] // for its first day, a Saturday
    [InlineData("2027-02-10")] // for its second day, a Sunday
    [InlineData("2027-04-05")] // Qingming
    [InlineData("2027-05-03")] // for 1 May, a Saturday
    [InlineData("2027-05-04")] // for 2 May, a Sunday
    [InlineData("2027-06-09")] // Dragon Boat
    [InlineData("2027-09-15")] // Mid-Autumn
    [InlineData("2027-10-01")] // National Day
    [InlineData("2027-10-04")] // for 2 October, a Saturday
    [InlineData("2027-10-05")] // for 3 October, a Sunday
    [InlineData("2028-06-28")] // for Dragon Boat is on 28 May: this day is worked
    public void The_statutory_days_of_a_provisional_year_are_off(string day) =>
        Assert.Equal(day is "2028-06-28", Announced.Calendar.IsWorkingDay(DateOnly.Parse(day, null)));

    [Theory]
    [InlineData(2020, 6, 25)] // leap month 4, just before it
    [InlineData(2023, 6, 22)] // leap month 2
    [InlineData(2025, 5, 31)] // leap month 6, after it
    [InlineData(2028, 5, 28)] // leap month 5: the festival is in the first of the two
    public void Dragon_Boat_is_found_in_years_with_a_leap_month(int year, int month, int day) =>
        Assert.Contains(new DateOnly(year, month, day), StatutoryHolidays.DaysOff(year).Order());

    [Theory]
    [InlineData(2006, 10, 6)] // leap month 7, just before it
    [InlineData(2020, 10, 1)] // leap month 4
    [InlineData(2023, 9, 29)]
    [InlineData(2025, 10, 6)]
    [InlineData(2033, 9, 8)] // leap month 11
    public void Mid_Autumn_is_found_in_years_with_a_leap_month(int year, int month, int day) =>
        Assert.Contains(new DateOnly(year, month, day), StatutoryHolidays.DaysOff(year).Order());
}
