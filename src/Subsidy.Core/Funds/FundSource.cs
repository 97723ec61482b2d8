using Subsidy.Core.Bank;
using Subsidy.Core.Calendar;

namespace Subsidy.Core.Funds;

/// <summary>A fund as <c>funds.yaml</c> has it: from which account it pays, and what each fiscal year begins with.</summary>
/// <param name="Id">As scheme files name it.</param>
public sealed record FundSource(string Id, Text Title, Debtor Debtor, IReadOnlyList<FundOpening> Years)
{
    /// <summary>After this term without a decision, those who may approve a pay run are asked once more; null for never.</summary>
    public Term? Remind { get; init; }
}

/// <summary>What a fund's fiscal year begins with. Later increases and cuts stand in the books only.</summary>
/// <param name="Document">Number of the budget document.</param>
public sealed record FundOpening(int Year, Money Appropriation, string Document);
