using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Intake;

/// <summary>What can be said of a form before there is a command.</summary>
internal sealed class FormRules(IRegisters registers, PersonKeys keys, TimeProvider time)
{
    /// <summary>The applicant's first, then the household's in the order of the form; each person once.</summary>
    public IReadOnlyList<PersonKey> Persons(Form form) =>
    [
        .. form.Household.Select(member => member.IdNumber).Prepend(form.Applicant.IdNumber)
            .Where(number => number.Length > 0).Select(keys.Of).Distinct(),
    ];

    /// <summary>
    /// Adds what the core's rules find to what is faulty already as JSON or by its papers: whoever filled the form in is told everything
    /// at once, not the spelling first and the rules on the second try.
    /// </summary>
    public async Task<IReadOnlyList<Fault>> AllFaultsAsync(
        IReadOnlyList<Fault> known, Scheme scheme, Form form, IReadOnlyDictionary<string, int> papers, CancellationToken cancel)
    {
        var found = await registers.LookUpAsync(scheme.Registers, Persons(form), cancel);
        var others = FormCheck.Check(scheme, form, papers, found, ChinaTime.DateOf(time.GetUtcNow()));
        return [.. known, .. others.Where(other => known.All(fault => fault.Pointer != other.Pointer))];
    }
}
