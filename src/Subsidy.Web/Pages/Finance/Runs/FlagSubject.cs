using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;
using Subsidy.Core.Township;

namespace Subsidy.Web.Pages.Finance.Runs;

/// <summary>The bank's reason, the application on the other side, or the member of staff; a hash of an account says nothing to people.</summary>
internal static class FlagSubject
{
    public static string Of(Flag flag, TownshipRegister township) => flag switch
    {
        { Kind: FlagKind.Rejected } => $"{flag.Subject}, {ReasonCodes.Of(flag.Subject).Meaning.In(CultureInfo.CurrentUICulture)}",
        { Other: { } other } => Reference.Of(other),
        _ => township.Find(flag.Subject)?.Name ?? "",
    };
}
