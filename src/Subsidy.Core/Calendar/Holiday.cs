namespace Subsidy.Core.Calendar;

/// <summary>One holiday as announced: its first and last day off, and the weekend days that are worked in exchange (调休).</summary>
public sealed record Holiday(Text Name, DateOnly First, DateOnly Last, IReadOnlyList<DateOnly> WorkedInstead)
{
    /// <summary>Every day off from the first to the last.</summary>
    public IEnumerable<DateOnly> DaysOff()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
            yield return day;
    }
}
