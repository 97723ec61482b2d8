using System.Security.Cryptography;
using Subsidy.Core.Applications;

namespace Subsidy.Storage.Sealing;

/// <summary>The two keys of one application. Destroying them erases its people.</summary>
internal sealed record DataKeys(byte[] Applicant, byte[] Objector)
{
    public const int Length = 32;

    public static DataKeys New() => new(RandomNumberGenerator.GetBytes(Length), RandomNumberGenerator.GetBytes(Length));

    public byte[] Of(Subject subject) => subject is Subject.Applicant ? Applicant : Objector;
}

/// <summary>Data keys as they are stored.</summary>
/// <param name="KekId">The key-encryption key that wraps them.</param>
internal sealed record WrappedKeys(string KekId, byte[] Applicant, byte[] Objector);
