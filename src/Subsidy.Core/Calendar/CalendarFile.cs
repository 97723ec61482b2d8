namespace Subsidy.Core.Calendar;

/// <summary>
/// Reads a year's calendar, a YAML file named by its year:
/// <code>
/// year: 2026
/// notice: 国办发明电〔2025〕7号
/// holidays:
///   - zh: 元旦
///     en: New Year's Day
///     days: 2026-01-01 to 2026-01-03
///     work: [2026-01-04]
/// </code>
/// <c>days</c> is one date or the first and the last one; <c>work</c>, the weekend days worked in exchange, may be left out.
/// Days of the December before the year are accepted, since a New Year holiday may begin there.
/// </summary>
public static class CalendarFile
{
    /// <param name="fileName">Name or path, for messages and for the year that the content must agree with.</param>
    /// <param name="yaml">The file's content.</param>
    /// <exception cref="CalendarFileException">The file is not sound; the exception says every line and reason.</exception>
    public static CalendarYear Read(string fileName, string yaml)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(yaml);
        var reader = new CalendarFileReader(fileName);
        var year = reader.Read(yaml);
        return reader.Faults.Count == 0 && year is not null
            ? year
            : throw new CalendarFileException([.. reader.Faults.OrderBy(fault => fault.Line)]);
    }
}
