using Subsidy.Core;
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
    /// that number only where something stands paid that was paid under it, and the approval was not taken back since. A colleague may hold
    /// the key of an enterprise's application: it opens nothing of the person who signed it.
    /// </summary>
    private static bool IsSureWhose(MyModel mine) =>
        mine.Case.Form is { Applicant.Kind: not ApplicantKind.Enterprise } && PaidUnderItsNumber(mine) && !TakenBack(mine.Case.Events);

    /// <summary>A form can be corrected after a payment, to somebody else's number too: what was paid before says nothing of that one.</summary>
    private static bool PaidUnderItsNumber(MyModel mine)
    {
        var standing = mine.Payments.Where(payment => payment.State is EntitlementState.Paid).Select(payment => payment.Entitlement).ToHashSet(StringComparer.Ordinal);
        PersonKey? applicant = null;
        var paid = false;
        foreach (var happened in mine.Case.Events.Select(recorded => recorded.Event))
        {
            if ((happened switch { Submitted e => e.Persons, Amended e => e.Persons, _ => [] }) is [var named, ..] && named != applicant)
                (applicant, paid) = (named, false);
            paid |= happened is Paid { Entitlement: var entitlement } && standing.Contains(entitlement);
        }
        return paid;
    }

    /// <summary>The status tells it no more once the money is being recovered.</summary>
    private static bool TakenBack(IEnumerable<Recorded> events) =>
        events.Select(recorded => recorded.Event).LastOrDefault(e => e is Revoked or Rejected or AppealResolved { Upheld: true }) is Revoked or Rejected;
}
