using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Web.Pages.Cases;

/// <summary>
/// Plays a command through without writing anything: deciding is a pure function, so a page can say what a decision would do, or why
/// it would be refused, with the very rules that will judge it.
/// </summary>
internal sealed class Rehearsal(ISchemes schemes, ITownship township, IRegisters registers, TimeProvider time)
{
    public async Task<Decided> PlayAsync(Application application, Command command, CancellationToken cancel) =>
        Play(application, command, await CircumstancesAsync(application, cancel));

    public static Decided Play(Application application, Command command, Circumstances circumstances) =>
        Decider.Decide(application, command, circumstances);

    public async Task<Circumstances> CircumstancesAsync(Application application, CancellationToken cancel)
    {
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var found = scheme.Registers.Count == 0
            ? new Dictionary<string, bool>(StringComparer.Ordinal)
            : await registers.LookUpAsync(scheme.Registers, application.Persons, cancel);
        return new Circumstances(time.GetUtcNow(), scheme, township.Register, township.Calendar, found);
    }

    /// <summary>To whom the person may hand the question.</summary>
    public static IReadOnlyList<StaffMember> Colleagues(Application application, CastVote vote, Circumstances circumstances) =>
    [
        .. circumstances.Township.Staff.Where(colleague => colleague.Id != vote.Staff
            && Play(application, vote with { Decision = Decision.Delegate, DelegateTo = colleague.Id }, circumstances).Refusal is null),
    ];
}
