using Subsidy.Core;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>What a person and the households that they belong to were paid in a calendar year, scheme by scheme.</summary>
/// <param name="Number">The person's ID number, masked.</param>
/// <param name="By">Who has looked it up.</param>
/// <param name="Ticket">Stands for the person in the page's forms.</param>
public sealed record HouseholdStatement(
    string Number, int Year, int ThisYear, IReadOnlyList<SchemeStatement> Schemes, string By, DateTimeOffset At, string Ticket)
{
    /// <summary>As the applications call the person: one name, unless somebody misspelt it.</summary>
    public IReadOnlyList<string> Names => [.. Schemes.SelectMany(scheme => scheme.Cases).Select(one => one.Name).OfType<string>().Distinct(StringComparer.Ordinal)];

    public Money Sum => Schemes.Aggregate(Money.Zero, (sum, scheme) => sum + scheme.Sum);
}

/// <param name="Cases">In order of their first payments.</param>
public sealed record SchemeStatement(Text Title, IReadOnlyList<CaseStatement> Cases)
{
    public Money Sum => Cases.SelectMany(one => one.Payments).Aggregate(Money.Zero, (sum, payment) => sum + payment.Amount);
}

/// <summary>One application of the statement.</summary>
/// <param name="Name">The person's own, as it stands there.</param>
/// <param name="Applies">The person is the applicant, and not one of the household.</param>
/// <param name="Enterprise">Name of the enterprise that the money went to; null where a person or a household applied.</param>
/// <param name="Others">The others of the household, the applicant first.</param>
/// <param name="Payments">In the order of their days.</param>
/// <param name="Recoveries">What was ever asked back under the application.</param>
public sealed record CaseStatement(
    Application Application, string? Name, bool Applies, string? Enterprise, IReadOnlyList<StatementPerson> Others, IReadOnlyList<Payment> Payments,
    IReadOnlyList<Recovery> Recoveries)
{
    /// <summary>What of the payment was asked back, and how much of that is outstanding.</summary>
    public Recovery? RecoveryOf(Payment payment) => Recoveries.LastOrDefault(recovery => recovery.Entitlement == payment.Entitlement);
}

/// <param name="Relation">To the applicant; null for the applicant.</param>
public sealed record StatementPerson(string Name, string? Relation);
