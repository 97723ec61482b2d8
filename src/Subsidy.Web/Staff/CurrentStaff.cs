using System.Security.Claims;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;

namespace Subsidy.Web.Staff;

/// <summary>The member of staff who is signed in, as the register has them now.</summary>
public static class CurrentStaff
{
    internal const string IdClaim = "staff";

    /// <returns>Null when nobody is, or somebody whom the register does not know.</returns>
    public static StaffMember? Of(ClaimsPrincipal user, ITownship township) => township.Register.Find(user.FindFirstValue(IdClaim));
}
