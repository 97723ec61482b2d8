using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>Looks up what a person was paid. It is on record first, with each application, and shown then.</summary>
internal sealed class StatementDesk(HouseholdPayments payments, Desk desk, ISchemes schemes, PersonKeys keys)
{
    /// <returns>The schemes in order of their first payments; none where nothing was paid.</returns>
    /// <exception cref="BusyException">An application was changed by others all the time; nothing is shown.</exception>
    public async Task<Outcome<IReadOnlyList<SchemeStatement>>> DrawAsync(PersonKey person, int year, string staff, CancellationToken cancel)
    {
        var shown = new List<CaseStatement>();
        foreach (var paid in await payments.OfAsync(person, year, cancel))
        {
            var answer = await desk.HandleAsync(paid.Application.Id, new DrawStatement(staff, year), null, cancel);
            if (answer.Refusal is null)
                shown.Add(CaseOf(paid, person));
            else if (answer.Refusal.Code is not RefusalCode.NotFound) // The person was erased just now.
                return Problem.Of(answer.Refusal);
        }
        var grouped = new List<SchemeStatement>();
        foreach (var cases in shown.GroupBy(one => one.Application.Scheme.Id))
        {
            var latest = await schemes.PinnedAsync(cases.MaxBy(one => one.Application.Scheme.Version)!.Application.Scheme, cancel);
            grouped.Add(new SchemeStatement(latest.Title, [.. cases]));
        }
        return new Outcome<IReadOnlyList<SchemeStatement>>(grouped, null);
    }

    private CaseStatement CaseOf(PaidApplication paid, PersonKey person)
    {
        var people = new List<(StatementPerson Person, bool Own)>();
        if (paid.Form is { } form)
        {
            people.Add((new StatementPerson(form.Applicant.Name, null), IsOwn(form.Applicant.IdNumber)));
            people.AddRange(form.Household.Select(member => (new StatementPerson(member.Name, member.Relation), IsOwn(member.IdNumber))));
        }
        return new CaseStatement(
            paid.Application,
            people.Where(one => one.Own).Select(one => one.Person.Name).FirstOrDefault(),
            paid.Applies,
            paid.Form is { Applicant: { Kind: ApplicantKind.Enterprise, Name: var enterprise } } ? enterprise : null,
            [.. people.Where(one => !one.Own).Select(one => one.Person)],
            paid.Payments,
            paid.Recoveries);

        bool IsOwn(string number) => number.Length > 0 && keys.Of(number) == person;
    }
}
