namespace Subsidy.Core.Payments;

/// <summary>Something about a payment that a person decides on before it is made.</summary>
/// <param name="Subject">What was found: keyed hash of the account, id of the member of staff, id of the other scheme, the bank's reason.</param>
/// <param name="Other">The application on the other side, where there is one; the end-to-end id of the attempt that waits for a person.</param>
public sealed record Flag(FlagKind Kind, string Subject, string? Other)
{
    /// <summary>Who has cleared it; null while it stands.</summary>
    public string? ClearedBy { get; init; }

    /// <summary>The same finding, whenever and for whatever period of the application it is made again.</summary>
    public string Key => $"{Kind}|{Subject}|{Other}";
}

/// <summary>Names are for ever.</summary>
public enum FlagKind
{
    /// <summary>Another applicant, of another household, is paid to the same account.</summary>
    SharedAccount,
    /// <summary>Somebody of the household is on the staff.</summary>
    Staff,
    /// <summary>Somebody of the household is a declared relative of one on the staff.</summary>
    Relative,
    /// <summary>The household is paid, in the same year, under a scheme that this one excludes.</summary>
    ExcludedScheme,
    /// <summary>The bank has rejected the attempt before for a reason that a person looks into.</summary>
    Rejected,
}
