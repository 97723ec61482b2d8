using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Subsidy.Web.Pages;

/// <summary>A short text that somebody else keeps for a while: encrypted, and void after its time.</summary>
/// <param name="purpose">Texts of one purpose are no others'.</param>
internal sealed class ProtectedText(string purpose, TimeSpan life, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector($"Subsidy.Web.Pages.{purpose}.1");

    public string Protect(string text)
    {
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {text}"));
    }

    /// <returns>Null when it was altered, is too old, or was made under a key that is gone: as good as none.</returns>
    public string? Open(string kept)
    {
        if (Unprotect(kept)?.Split(' ', 2) is not [var until, var text])
            return null;
        return long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? text : null;
    }

    private string? Unprotect(string kept)
    {
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
