namespace Subsidy.Core;

/// <summary>
/// Keyed hash (HMAC-SHA-256, truncated to 128 bits, base64url) of a normalised ID number. It tells whether two people are the same
/// without saying who they are.
/// </summary>
public readonly record struct PersonKey(string Value)
{
    public override string ToString() => Value;
}
