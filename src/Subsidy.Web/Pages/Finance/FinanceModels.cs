using Subsidy.Core;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Web.Pages.Finance;

/// <summary>Schemes by what people call them.</summary>
public abstract record SchemesModel(IReadOnlyList<Scheme> Schemes)
{
    public Text TitleOf(string scheme) => Schemes.FirstOrDefault(one => one.Id == scheme)?.Title ?? new Text(scheme, scheme);
}

/// <summary>A fund-year and what it is called.</summary>
public sealed record NamedFund(Fund Fund, Text Title);

/// <param name="Funds">The current year's first.</param>
public sealed record FinanceModel(IReadOnlyList<NamedFund> Funds, IReadOnlyList<Scheme> Schemes, StaffMember Staff) : SchemesModel(Schemes)
{
    /// <summary>Where witnesses of handovers have refused to sign, in how many cases.</summary>
    public IReadOnlyDictionary<FundKey, int> Refusals { get; init; } = new Dictionary<FundKey, int>();

    public static readonly TimeSpan RefusedLately = TimeSpan.FromDays(14);

    /// <summary>How many answers of the bank were refused lately: somebody has to find out what became of the money.</summary>
    public int RefusedAnswers { get; init; }

    /// <summary>Runs with an uploaded answer of the bank that another person has to confirm.</summary>
    public IReadOnlyList<PayRunId> Proposed { get; init; } = [];

    /// <summary>May look up what a household was paid.</summary>
    public bool MayDraw => Staff.OfFinance || Staff.Holds(Roles.Auditor);
}

/// <param name="Entries">The newest first.</param>
/// <param name="Queue">The head of the queue, in order.</param>
/// <param name="Earlier">Number before which the next page ends; null when this is the last.</param>
public sealed record FundModel(
    NamedFund Named, IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<Position> Queue, int? Earlier, IReadOnlyList<Scheme> Schemes,
    TownshipRegister Township, StaffMember Staff)
    : SchemesModel(Schemes)
{
    public bool MayBudget => Staff.Holds(Roles.Administrator) || Staff.Holds(Roles.FinanceApprover);
    public bool MayAdvance => MayBudget || Staff.Holds(Roles.FinancePreparer);
    public bool MayEnd => Staff.Holds(Roles.FinanceApprover);
    public bool MayCheck => Staff.Holds(Roles.Auditor);
}
