using System.Diagnostics.CodeAnalysis;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>A round over a fund-year had trouble. The next round does what this one could not.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a fund-year and a cause there is nothing to report.")]
public sealed class FundTendingException(FundKey key, Exception cause) : Exception($"{key} could not be tended.", cause)
{
    public FundKey Key => key;
}
