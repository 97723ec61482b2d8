namespace Subsidy.Core.Applications;

/// <summary>The money that a head has forgotten because it was long settled, told from the stream.</summary>
/// <param name="Paid">Periods that stand paid, in the order in which they were granted.</param>
/// <param name="Recoveries">What was asked back of them, or kept back from them, and is settled.</param>
public sealed record EarlierPayments(IReadOnlyList<Entitlement> Paid, IReadOnlyList<Recovery> Recoveries)
{
    public static EarlierPayments None { get; } = new([], []);

    /// <summary>Whether the command asks for what the head has forgotten. Hardly any does: the whole stream is read for it.</summary>
    public static bool AreAskedFor(Application? application, Command command) => application is { Forgotten: > 0 } && command switch
    {
        ClaimBack c => application.Entitlements.All(x => x.Id != c.Entitlement),
        Report => application.Duties.OfType<AskBack>().Any(),
        HearFunds { Report: { Code: not null } r } => r.Grant <= application.Forgotten && application.Entitlements.All(x => x.Id != r.Entitlement),
        _ => false,
    };

    public static EarlierPayments Of(string id, IEnumerable<Recorded> events)
    {
        var paid = new Dictionary<string, Entitlement>(StringComparer.Ordinal);
        var recoveries = new Dictionary<string, Recovery>(StringComparer.Ordinal);
        Application? before = null;
        foreach (var recorded in events)
        {
            var after = Evolver.Evolve(id, before, recorded);
            foreach (var known in before?.Entitlements.Where(x => x.State is EntitlementState.Paid) ?? [])
                paid[known.Id] = known;
            foreach (var known in before?.Recoveries ?? [])
                recoveries[known.Id] = known;
            if (recorded.Event is RecoveryDropped dropped)
                recoveries.Remove(dropped.Recovery);
            foreach (var known in after.Entitlements)
                paid.Remove(known.Id);
            foreach (var known in after.Recoveries)
                recoveries.Remove(known.Id);
            before = after;
        }
        return new EarlierPayments([.. paid.Values.OrderBy(x => x.Number)], [.. recoveries.Values]);
    }
}
