namespace Subsidy.Core.Applications;

/// <summary>What is, or was, asked back of an application, told from its events: the head forgets what was settled long ago.</summary>
public static class RecoveryList
{
    /// <returns>In the order in which they were opened.</returns>
    public static IReadOnlyList<Recovery> Of(IEnumerable<Recorded> events) => events.Aggregate((IReadOnlyList<Recovery>)[], After);

    internal static IReadOnlyList<Recovery> After(IReadOnlyList<Recovery> all, Recorded recorded) => recorded.Event switch
    {
        RecoveryOpened e => [.. all, new Recovery(e.Recovery, e.Entitlement, e.Fund, e.Amount, e.Amount, [], [], null, e.CallAt, 0)],
        RecoveryRaised e => Change(all, e.Recovery, x => x with
        {
            Amount = x.Amount + e.Amount, Outstanding = x.Outstanding + e.Amount, Entries = e.Entry, Call = e.CallAt,
        }),
        EarlierPeriodsFound e => [.. all, .. e.Recoveries.Where(known => all.All(x => x.Id != known.Id))],
        RecoveryDropped e => [.. all.Where(x => x.Id != e.Recovery)],
        InstalmentsAgreed e => Change(all, e.Recovery, x => x with { Instalments = e.Instalments }),
        RecoveryRepaid e => Change(all, e.Recovery, x => x with
        {
            Outstanding = x.Outstanding - e.Amount, Documents = [.. x.Documents, e.Document], Entries = e.Entry,
        }),
        RecoveryOffset e => Change(all, e.Recovery, x => x with
        {
            Outstanding = x.Outstanding - e.Amount, Offsets = [.. x.Offsets, new Offset(e.Entitlement, e.Amount)], Entries = e.Entry,
        }),
        RecoveryOffsetUndone e => Change(all, e.Recovery, x => x with
        {
            Outstanding = x.Outstanding + e.Amount,
            Offsets = [.. x.Offsets.Where(offset => offset.Entitlement != e.Entitlement)],
            Entries = e.Entry,
            Call = e.CallAt,
        }),
        WriteOffProposed e => Change(all, e.Recovery, x => x with { WriteOff = new WriteOff(e.Staff, e.Amount, e.Reason ?? "", recorded.At) }),
        WriteOffDecided e => Change(all, e.Recovery, x => x with
        {
            WriteOff = null,
            Outstanding = e.Accepted ? x.Outstanding - e.Amount : x.Outstanding,
            Entries = e.Entry,
        }),
        RecoveryCalled e => Change(all, e.Recovery, x => x with { Call = e.Next }),
        _ => all,
    };

    private static IReadOnlyList<Recovery> Change(IReadOnlyList<Recovery> all, string recovery, Func<Recovery, Recovery> change) =>
        [.. all.Select(x => x.Id == recovery ? change(x) : x)];
}
