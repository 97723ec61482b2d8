using System.Security.Cryptography;

namespace Subsidy.Web.Pages.Forms;

/// <summary>The idempotency key that a form carries: sending the same form twice counts once.</summary>
internal static class RandomKey
{
    private const int Bytes = 32;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
