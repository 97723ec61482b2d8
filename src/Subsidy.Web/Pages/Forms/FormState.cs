using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Forms;

/// <summary>What a form shows besides its fields: what was typed before, and what was wrong with it.</summary>
public sealed record FormState(Typed Typed, IReadOnlyList<Fault> Faults)
{
    public static readonly FormState Empty = new(Typed.Nothing, []);

    public IEnumerable<Fault> FaultsOf(string pointer) => Faults.Where(fault => fault.Pointer == pointer);
}
