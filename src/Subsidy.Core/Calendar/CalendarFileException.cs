using System.Diagnostics.CodeAnalysis;

namespace Subsidy.Core.Calendar;

/// <summary>A calendar file is not sound. All its faults are told at once, in the order of their lines.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without faults there is nothing to report.")]
public sealed class CalendarFileException(IReadOnlyList<CalendarFault> faults)
    : FormatException(string.Join('\n', faults.Select(fault => fault.ToString())))
{
    public IReadOnlyList<CalendarFault> Faults { get; } = faults;
}
