using CsCheck;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly Gen<DateTimeOffset> Instant =
        from minutes in Gen.Int[0, 5 * 366 * 24 * 60]
        from offset in Gen.Int[-12, 14]
        select new DateTimeOffset(2023, 7, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes).ToOffset(TimeSpan.FromHours(offset));

    private static readonly Gen<Term> AnyTerm = Gen.Select(Gen.Int[1, 60], Gen.Enum<TermUnit>()).Select((n, unit) => new Term(n, unit));

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);

    private static DateOnly Day(string text) => DateOnly.Parse(text, null);

    [Theory]
    [InlineData("2026-03-02T09:15:30", "24 hours", "2026-03-03T09:15:30")]
    [InlineData("2026-02-14T20:00:00", "24 hours", "2026-02-15T20:00:00")] // hours run through holidays
    [InlineData("2026-03-02T09:15:30", "7 days", "2026-03-10T00:00:00")]
    [InlineData("2026-03-02T00:00:00", "7 days", "2026-03-10T00:00:00")]
    [InlineData("2026-03-02T23:59:59", "7 days", "2026-03-10T00:00:00")]
    [InlineData("2026-03-02T09:15:30", "5 working days", "2026-03-10T00:00:00")] // a Monday: until the next Monday's end
    [InlineData("2026-03-06T17:00:00", "1 working day", "2026-03-10T00:00:00")] // a Friday: Monday
    [InlineData("2026-02-13T09:00:00", "1 working day", "2026-02-15T00:00:00")] // Saturday the 14th is worked
    [InlineData("2026-02-14T09:00:00", "1 working day", "2026-02-25T00:00:00")] // over Spring Festival
    [InlineData("2026-09-18T09:00:00", "2 working days", "2026-09-22T00:00:00")] // Sunday the 20th is worked
    [InlineData("2025-09-30T09:00:00", "3 working days", "2025-10-12T00:00:00")] // 9, 10 and, a Saturday, 11 October
    [InlineData("2024-12-31T09:00:00", "1 working day", "2025-01-03T00:00:00")]
    public void A_term_ends_as_the_law_counts_it(string from, string term, string end) =>
        Assert.Equal(new Deadline(At(end), Estimate: false), Announced.Calendar.After(At(from), Term.Parse(term)));

    [Fact]
    public void The_offset_in_which_an_instant_is_told_makes_no_difference() =>
        Gen.Select(Instant, AnyTerm).Sample((from, term) =>
            Announced.Calendar.After(from, term) == Announced.Calendar.After(from.ToUniversalTime(), term)
            && Announced.Calendar.After(from, term).At.Offset == TimeSpan.FromHours(8));

    [Fact]
    public void The_local_date_changes_at_16_hours_UTC()
    {
        Assert.Equal(Day("2026-03-02"), Announced.Calendar.LocalDate(DateTimeOffset.Parse("2026-03-02T15:59:59Z", null)));
        Assert.Equal(Day("2026-03-03"), Announced.Calendar.LocalDate(DateTimeOffset.Parse("2026-03-02T16:00:00Z", null)));
    }

    [Fact]
    public void A_later_beginning_never_ends_earlier() =>
        Gen.Select(Instant, Instant, AnyTerm).Sample((a, b, term) =>
            Announced.Calendar.After(a < b ? a : b, term).At <= Announced.Calendar.After(a < b ? b : a, term).At);

    [Fact]
    public void A_longer_term_ends_later() =>
        Gen.Select(Instant, AnyTerm).Sample((from, term) =>
            Announced.Calendar.After(from, term).At < Announced.Calendar.After(from, new Term(term.Amount + 1, term.Unit)).At);

    [Fact]
    public void A_term_of_working_days_holds_exactly_that_many() =>
        Gen.Select(Instant, Gen.Int[1, 60]).Sample((from, amount) =>
        {
            var last = Announced.Calendar.LocalDate(Announced.Calendar.After(from, new Term(amount, TermUnit.WorkingDays)).At).AddDays(-1);
            var worked = 0;
            for (var day = Announced.Calendar.LocalDate(from).AddDays(1); day <= last; day = day.AddDays(1))
                worked += Announced.Calendar.IsWorkingDay(day) ? 1 : 0;
            return worked == amount && Announced.Calendar.IsWorkingDay(last);
        });

    [Fact]
    public void A_corrected_calendar_with_one_more_holiday_never_makes_a_deadline_earlier() =>
        Gen.Select(Instant, AnyTerm, Gen.Int[0, 364], Gen.Int[1, 5]).Sample((from, term, dayOfYear, length) =>
        {
            var first = new DateOnly(2026, 1, 1).AddDays(dayOfYear);
            var taken = Announced.Years.SelectMany(year => year.Holidays).SelectMany(h => h.DaysOff().Concat(h.WorkedInstead)).ToHashSet();
            var added = Enumerable.Range(0, length).Select(first.AddDays).Where(day => day.Year == 2026 && !taken.Contains(day))
                .Select(day => new Holiday(new("加", "added"), day, day, []));
            var corrected = WorkingCalendar.From(Announced.Years.Select(year =>
                year.Year == 2026 ? year with { Holidays = [.. year.Holidays, .. added] } : year));
            return Announced.Calendar.After(from, term).At <= corrected.After(from, term).At;
        });

    [Theory]
    [InlineData("2026-12-30T09:00:00", "1 working day", false)]
    [InlineData("2026-12-30T09:00:00", "2 working days", true)]
    [InlineData("2026-12-31T23:00:00", "1 working day", true)]
    [InlineData("2026-12-30T09:00:00", "20 days", false)] // calendar days are the same whatever will be announced
    [InlineData("2026-12-31T09:00:00", "48 hours", false)]
    [InlineData("2023-12-29T09:00:00", "1 working day", true)] // the weekend before, of an unannounced year, was looked at
    [InlineData("2023-12-31T09:00:00", "1 working day", false)]
    public void A_deadline_counted_over_a_provisional_year_is_an_estimate(string from, string term, bool estimate) =>
        Assert.Equal(estimate, Announced.Calendar.After(At(from), Term.Parse(term)).Estimate);

    [Fact]
    public void A_year_or_day_given_twice_is_refused()
    {
        var year = Announced.Years[0];
        Assert.Throws<ArgumentException>(() => WorkingCalendar.From([year, year]));
        Assert.Throws<ArgumentException>(() => WorkingCalendar.From([year with { Holidays = [.. year.Holidays, year.Holidays[0]] }]));
    }

    [Fact]
    public void The_version_changes_with_what_the_calendar_says_and_with_nothing_else()
    {
        var years = Announced.Years;
        var version = Announced.Calendar.Version;
        Assert.Matches("^[0-9a-f]{64}$", version);
        Assert.Equal(version, WorkingCalendar.From(years.Reverse()).Version);
        Assert.Equal(version, WorkingCalendar.From(years.Select(year => year with { Notice = "another" })).Version);

        var fewer = WorkingCalendar.From(years.Skip(1)).Version;
        var corrected = WorkingCalendar.From([years[0] with { Holidays = [.. years[0].Holidays.Skip(1)] }, .. years.Skip(1)]).Version;
        var none = WorkingCalendar.From([]).Version;
        Assert.Equal(4, new[] { version, fewer, corrected, none }.Distinct(StringComparer.Ordinal).Count());
    }
}
