using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>Rung when a fund-year has changed, so that its queue is served and its news told at once. A hint: a lost one costs time only.</summary>
public interface IFundBell
{
    void Ring(FundKey key);
}
