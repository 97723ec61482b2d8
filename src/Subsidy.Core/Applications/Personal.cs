namespace Subsidy.Core.Applications;

/// <summary>Whose key seals a personal value.</summary>
public enum Subject { Applicant, Objector }

/// <summary>
/// Marks a property of an event that tells something about a person. Storage seals it with the application's key (or its objectors'
/// key); once that key is destroyed it reads as null. Every other property of an event is public to auditors.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute(Subject subject = Subject.Applicant) : Attribute
{
    public Subject Subject { get; } = subject;
}
