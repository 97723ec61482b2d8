namespace Subsidy.Core.Applications;

public enum ActorKind { Applicant, Staff, Objector, Engine }

/// <summary>Who caused an event. The id is set for staff only and is public.</summary>
public readonly record struct Actor(ActorKind Kind, string? Id)
{
    /// <summary>The member of staff, as the register knew them then: they stay the same person under another id. Null where it did not.</summary>
    public PersonKey? Person { get; init; }

    public static readonly Actor Applicant = new(ActorKind.Applicant, null);
    public static readonly Actor Objector = new(ActorKind.Objector, null);
    public static readonly Actor Engine = new(ActorKind.Engine, null);

    public static Actor Staff(string id) => new(ActorKind.Staff, id);
}
