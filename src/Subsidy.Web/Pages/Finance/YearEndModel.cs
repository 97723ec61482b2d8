using Subsidy.Core;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance;

/// <param name="Open">What is neither paid nor given up, by state: how many, and how much.</param>
/// <param name="Over">Whether the fiscal year has ended: 预算法 art. 18, 31 December.</param>
/// <param name="Report">What was just done.</param>
public sealed record YearEndModel(
    NamedFund Named, IReadOnlyDictionary<PositionState, (int Count, Money Sum)> Open, bool Over, FormState State, YearEndReport? Report);
