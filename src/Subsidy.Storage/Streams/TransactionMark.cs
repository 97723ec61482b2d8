using System.Security.Cryptography;

namespace Subsidy.Storage.Streams;

/// <summary>
/// Tells whose transaction it was that a lost answer leaves in doubt. Random, not derived: two that do the same thing at the same moment
/// are still two.
/// </summary>
internal static class TransactionMark
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
