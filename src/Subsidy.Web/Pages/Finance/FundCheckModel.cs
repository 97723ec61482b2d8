using Subsidy.Storage.Funds;

namespace Subsidy.Web.Pages.Finance;

public sealed record FundCheckModel(NamedFund Named, FundVerdict Verdict);
