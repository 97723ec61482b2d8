using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <param name="Order">Name of the order; the page's words begin with it.</param>
/// <param name="Of">The entitlement or recovery that it is about; empty for the whole application.</param>
/// <param name="Dangerous">It takes something away.</param>
public sealed record MoneyOrderModel(string Order, string Of, bool Dangerous, IReadOnlyList<Field> Fields, CaseMoneyModel Money, FormState State)
{
    public string Address => $"/finance/cases/{Money.Application.Id}/{Order}?of={Uri.EscapeDataString(Of)}";
}
