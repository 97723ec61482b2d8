namespace Subsidy.Core.Payments;

/// <summary>What may be held back, and which.</summary>
/// <param name="Id">Key of the person, id of the application, scheme or fund; empty for everything.</param>
public readonly record struct HoldTarget(HoldKind Kind, string Id)
{
    public static readonly HoldTarget Everything = new(HoldKind.Everything, "");

    public static HoldTarget Person(PersonKey person) => new(HoldKind.Person, person.Value);

    public override string ToString() => $"{Kind}|{Id}";
}

public enum HoldKind { Person, Application, Scheme, Fund, Everything }

/// <summary>Payments that must not be made for the time being. They stay due.</summary>
/// <param name="Reason">Personal.</param>
/// <param name="Staff">Who placed it.</param>
/// <param name="Until">The last day on which it holds, in Beijing; null until it is lifted.</param>
public sealed record Hold(HoldTarget Target, string Reason, string Staff, DateTimeOffset Since, DateOnly? Until)
{
    public HoldEnd? End { get; init; }

    public bool HoldsOn(DateOnly day) => End is null && (Until is null || day <= Until);
}

/// <param name="Reason">Personal.</param>
public sealed record HoldEnd(string Staff, string Reason, DateTimeOffset At);
