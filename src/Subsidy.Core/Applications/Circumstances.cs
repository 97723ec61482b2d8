using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications;

/// <summary>What a decision may look at besides the application and the command. All of it is a value; none of it does I/O.</summary>
/// <param name="Scheme">The pinned edition; for the first command, the current one.</param>
/// <param name="Registers">What the registers that the scheme names say of this application's persons.</param>
public sealed record Circumstances(
    DateTimeOffset Now, Scheme Scheme, TownshipRegister Township, WorkingCalendar Calendar, IReadOnlyDictionary<string, bool> Registers)
{
    /// <summary>Given where <see cref="EarlierPayments.AreAskedFor"/> says so.</summary>
    public EarlierPayments Earlier { get; init; } = EarlierPayments.None;
}
