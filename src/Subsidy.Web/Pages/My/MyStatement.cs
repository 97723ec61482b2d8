using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Indexes;

namespace Subsidy.Web.Pages.My;

/// <summary>Puts together what an applicant reads of the payments of a year.</summary>
internal sealed class MyStatement(HouseholdPayments payments, ISchemes schemes)
{
    /// <param name="year">Calendar year, local.</param>
    public async Task<StatementModel> OfAsync(MyModel mine, int year, CancellationToken cancel)
    {
        if (!IsSureWhose(mine))
            return new StatementModel(mine, year, []);
        var others = new List<OtherPayment>();
        foreach (var other in await payments.OfAsync(mine.Application.Persons[0], year, cancel))
        {
            // What an enterprise was paid is not a household's, whoever signed for it.
            if (other.Application.Id == mine.Application.Id || other.Form is not { Applicant.Kind: not ApplicantKind.Enterprise })
                continue;
            var scheme = await schemes.PinnedAsync(other.Application.Scheme, cancel);
            others.AddRange(other.Payments.Select(payment =>
                new OtherPayment(scheme.Title, other.Applies, payment.Period, ChinaTime.DateOf(payment.Since), payment.Amount)));
        }
        return new StatementModel(mine, year, [.. others.OrderBy(one => one.PaidOn)]);
    }

    /// <summary>
    /// Reference and key prove who filed this application, not whose the ID number on it is: anybody can file one under a neighbour's number
    /// and is given a key at once. Reviewers compare the number with the person before money goes out. So it opens what else was paid to
    /// that number only where something stands paid under it, and the approval was not taken back since. A colleague may hold the key of an
    /// enterprise's application: it opens nothing of the person who signed it.
    /// </summary>
    private static bool IsSureWhose(MyModel mine) =>
        mine.PaidYears.Count > 0
        && mine.Application.Persons.Count > 0
        && mine.Case.Form is { Applicant.Kind: not ApplicantKind.Enterprise }
        && !TakenBack(mine.Case.Events);

    /// <summary>The status tells it no more once the money is being recovered.</summary>
    private static bool TakenBack(IEnumerable<Recorded> events) =>
        events.Select(recorded => recorded.Event).LastOrDefault(e => e is Revoked or Rejected or AppealResolved { Upheld: true }) is Revoked or Rejected;
}
