using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>Rung when a fund-year has news or somebody waits for its money, so that both are seen to at once. A hint: a lost one costs time only.</summary>
public interface IFundBell
{
    void Ring(FundKey key);
}
