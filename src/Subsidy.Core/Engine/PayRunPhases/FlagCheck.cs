using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Engine;

/// <summary>
/// Finds what a person must look at before money goes out. First every line is noted, then every line is checked: so both sides of what
/// two lines of one run have in common are flagged.
/// </summary>
internal sealed class FlagCheck(IPayeeIndex payees, IClearances clearances, ISchemes schemes, ITownship township)
{
    public async Task NoteAsync(PayRun run, PayLine line, CancellationToken cancel)
    {
        var use = new PayeeUse(line.Application, line.Persons);
        await payees.NoteAsync(AccountKey(line.Account), use, cancel);
        if (RivalsOf(line.Scheme).Count == 0)
            return;
        foreach (var person in line.Persons.Distinct())
            await payees.NoteAsync(SchemeKey(line.Scheme, run, person), use, cancel);
    }

    /// <summary>The flags that stand, and those that a person has cleared.</summary>
    public async Task<IReadOnlyList<Flag>> CheckAsync(PayRun run, PayLine line, CancellationToken cancel)
    {
        var flags = new List<Flag>(OnStaff(line));
        foreach (var other in await payees.FindAsync(AccountKey(line.Account), cancel))
            // One card for a household is usual.
            if (other.Application != line.Application && !other.Persons.Intersect(line.Persons).Any())
                flags.Add(new Flag(FlagKind.SharedAccount, line.Account!, other.Application));
        foreach (var rival in RivalsOf(line.Scheme))
            foreach (var person in line.Persons.Distinct())
                foreach (var other in await payees.FindAsync(SchemeKey(rival, run, person), cancel))
                    flags.Add(new Flag(FlagKind.ExcludedScheme, rival, other.Application));
        if (ReasonCodes.NeedsLook(line.FailedFor))
            flags.Add(new Flag(FlagKind.Rejected, line.FailedFor!, line.EndToEndId)); // A later rejection is another finding.
        var found = new List<Flag>();
        foreach (var flag in flags.Distinct())
            found.Add(flag with { ClearedBy = await clearances.ClearedByAsync(line.Application, flag, cancel) });
        return found;
    }

    private IEnumerable<Flag> OnStaff(PayLine line)
    {
        foreach (var member in township.Register.Staff)
        {
            if (member.Person is { } own && line.Persons.Contains(own))
                yield return new Flag(FlagKind.Staff, member.Id, null);
            else if (member.Relatives.Intersect(line.Persons).Any())
                yield return new Flag(FlagKind.Relative, member.Id, null);
        }
    }

    /// <summary>Schemes that this one excludes, or that exclude it, as their newest editions say.</summary>
    private List<string> RivalsOf(string scheme) =>
    [
        .. schemes.Current.Where(one => one.Id == scheme).SelectMany(one => one.Excludes)
            .Union(schemes.Current.Where(one => one.Excludes.Contains(scheme)).Select(one => one.Id)),
    ];

    /// <summary>Those of the other application that the flag speaks of, where it speaks of one.</summary>
    public static async Task<IReadOnlyList<PersonKey>> OthersAsync(IPayeeIndex payees, PayRun run, PayLine line, Flag flag, CancellationToken cancel)
    {
        string[] keys = flag.Kind switch
        {
            FlagKind.SharedAccount => [AccountKey(flag.Subject)],
            FlagKind.ExcludedScheme => [.. line.Persons.Distinct().Select(person => SchemeKey(flag.Subject, run, person))],
            _ => [],
        };
        var others = new List<PersonKey>();
        foreach (var key in keys)
            others.AddRange((await payees.FindAsync(key, cancel)).Where(use => use.Application == flag.Other).SelectMany(use => use.Persons));
        return others;
    }

    private static string AccountKey(string? account) => $"account|{account}";

    private static string SchemeKey(string scheme, PayRun run, PersonKey person) =>
        string.Create(CultureInfo.InvariantCulture, $"scheme|{scheme}|{run.Id.Fund.Year}|{person}");
}
