namespace Subsidy.Core.Calendar;

/// <summary>One thing that is wrong in a calendar file.</summary>
/// <param name="File">As it was named to <see cref="CalendarFile.Read"/>.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="What">What is wrong and what would be right.</param>
public sealed record CalendarFault(string File, int Line, Text What)
{
    /// <summary><c>2026.yaml:12: …</c>, in English.</summary>
    public override string ToString() => $"{File}:{Line}: {What.En}";
}
