namespace Subsidy.Core.Calendar;

/// <summary>A year's holidays as the State Council's General Office announces them, late in the year before.</summary>
/// <param name="Year">The year that the notice is about; its New Year holiday may begin in the December before.</param>
/// <param name="Notice">The notice's number, such as 国办发明电〔2025〕7号.</param>
/// <param name="Holidays">In the notice's order.</param>
public sealed record CalendarYear(int Year, string Notice, IReadOnlyList<Holiday> Holidays);
