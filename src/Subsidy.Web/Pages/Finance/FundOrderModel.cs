using Subsidy.Core;
using Subsidy.Core.Funds;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance;

/// <summary>Which money a form moves.</summary>
public enum FundOrder
{
    /// <summary>Increases and cuts.</summary>
    Appropriation,
    /// <summary>Advances to the petty fund, and what comes back from it.</summary>
    Petty,
}

/// <param name="Key">The form's idempotency key: sending the same form twice counts once.</param>
/// <param name="After">What the fund would be; null until there is something to confirm.</param>
public sealed record FundOrderModel(NamedFund Named, FundOrder Order, string Key, FormState State, Fund? After)
{
    public string Address => $"/finance/funds/{Named.Fund.Key}/{(Order is FundOrder.Petty ? "petty" : "appropriation")}";

    /// <summary>Accounts that would change.</summary>
    public IEnumerable<(Account Account, Money Before, Money After)> Changes => Enum.GetValues<Account>()
        .Where(account => account is not Account.Budget && After!.BalanceOf(account) != Named.Fund.BalanceOf(account))
        .Select(account => (account, Named.Fund.BalanceOf(account), After!.BalanceOf(account)));
}
