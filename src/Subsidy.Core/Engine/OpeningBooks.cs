using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Township;

namespace Subsidy.Core.Engine;

/// <summary>
/// Posts the opening appropriations of <c>funds.yaml</c> into the books, each once. From then on the books win over the file: what
/// changes is an increase or a cut, with a document of its own.
/// </summary>
public sealed class OpeningBooks(FundDesk desk)
{
    /// <summary>What could not be posted, and why; empty as a rule. A year that is closed already stays as it is.</summary>
    /// <remarks>Safe to repeat at every start, and by several processes at once.</remarks>
    public async Task<IReadOnlyList<Refusal>> OpenAsync(IReadOnlyList<FundSource> funds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(funds);
        var refusals = new List<Refusal>();
        foreach (var fund in funds)
        {
            foreach (var year in fund.Years)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"opening-{fund.Id}-{year.Year:D4}");
                var answer = await desk.HandleAsync(
                    new FundKey(fund.Id, year.Year), new Appropriate(Actor.Engine, id, year.Appropriation, year.Document), cancel);
                if (answer.Refusal is { } refusal)
                    refusals.Add(refusal);
                else
                    await desk.ServeAsync(answer.Fund.Key, cancel);
            }
        }
        return refusals;
    }
}
