namespace Subsidy.Core.Calendar;

/// <summary>The first instant that is too late.</summary>
/// <param name="At">With the offset +08:00.</param>
/// <param name="Estimate">
/// Whether it was counted over a day of a year for which no holidays are announced yet, and may still move.
/// </param>
public readonly record struct Deadline(DateTimeOffset At, bool Estimate);
