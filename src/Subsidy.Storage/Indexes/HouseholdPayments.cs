using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Indexes;

/// <summary>What was paid in a year under the applications that name a person, as applicant or as one of the household.</summary>
public sealed class HouseholdPayments
{
    private readonly IndexReader reader;
    private readonly IStreams streams;

    internal HouseholdPayments(IndexReader reader, IStreams streams) => (this.reader, this.streams) = (reader, streams);

    /// <param name="year">Calendar year, local.</param>
    /// <returns>In order of their first payments. An application is found some seconds after it was submitted; of who is erased nothing is.</returns>
    public async Task<IReadOnlyList<PaidApplication>> OfAsync(PersonKey person, int year, CancellationToken cancel)
    {
        var found = new List<PaidApplication>();
        foreach (var application in await reader.ApplicationsAsync(IndexRows.Person(person), cancel))
        {
            if (!MayHavePaid(application))
                continue;
            var events = await streams.ReadAsync(application.Id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel);
            var payments = PaymentList.Of(events).Where(payment => payment.PaidIn(year)).OrderBy(payment => payment.Since).ToList();
            if (payments.Count > 0)
                found.Add(new PaidApplication(application, FormOf(events), application.Persons[0] == person, payments, RecoveryList.Of(events)));
        }
        return [.. found.OrderBy(one => one.Payments[0].Since).ThenBy(one => one.Application.Id, StringComparer.Ordinal)];
    }

    /// <summary>The head tells without the stream where nothing was ever paid.</summary>
    private static bool MayHavePaid(Application application) =>
        application.Forgotten > 0 || application.Entitlements.Any(entitlement => entitlement.State is EntitlementState.Paid);

    private static Form? FormOf(IEnumerable<Recorded> events) => events
        .Select(recorded => recorded.Event switch { Submitted submitted => submitted.Form, Amended amended => amended.Form, _ => null })
        .LastOrDefault(form => form is not null);
}

/// <param name="Form">As last amended; null when the person was erased just now.</param>
/// <param name="Applies">The person is the applicant, and not one of the household.</param>
/// <param name="Payments">Those of the year that stand paid, in the order of their days.</param>
/// <param name="Recoveries">What was ever asked back under the application.</param>
public sealed record PaidApplication(
    Application Application, Form? Form, bool Applies, IReadOnlyList<Payment> Payments, IReadOnlyList<Recovery> Recoveries);
