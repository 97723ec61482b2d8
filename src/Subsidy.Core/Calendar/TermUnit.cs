namespace Subsidy.Core.Calendar;

public enum TermUnit
{
    Hours,

    /// <summary>自然日: calendar days.</summary>
    Days,

    /// <summary>工作日: days on which offices work, moved working days included.</summary>
    WorkingDays,
}
