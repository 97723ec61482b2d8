using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>Money or goods that one person hands over and another has seen handed over: the first has signed, the second has yet to.</summary>
/// <param name="Receipt">Number of the receipt that the payee has signed.</param>
public sealed record HandOver(string Application, string Entitlement, string Receipt, string Payer, string Witness);

/// <summary>
/// Carries the payer's signature to the witness: protected, so that nobody can alter it or write one for somebody else, and void after
/// two days.
/// </summary>
internal sealed class HandOverTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly IDataProtector protector = protection.CreateProtector("Subsidy.Web.Pages.Finance.HandOver.1");

    public string Make(HandOver handOver)
    {
        var until = (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = string.Join('\n', until, handOver.Application, handOver.Entitlement, handOver.Payer, handOver.Witness, handOver.Receipt);
        return WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes(text)));
    }

    /// <returns>Null for one that is void, altered or made up.</returns>
    public HandOver? Read(string token)
    {
        try
        {
            var text = Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(token)));
            return text.Split('\n', 6) is [var until, var application, var entitlement, var payer, var witness, var receipt]
                && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds()
                ? new HandOver(application, entitlement, receipt, payer, witness)
                : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
