namespace Subsidy.Core.Applications.Deciding;

/// <summary>
/// What is asked back is paid down out of later entitlements, where the scheme allows. It counts from the moment the later one is granted,
/// so that nothing is collected twice, and for as long as that one is owed or paid.
/// </summary>
internal static class Offsetting
{
    /// <summary>Grants what is left of the amount.</summary>
    public static void Grant(Unfolding u, EntitlementGranted gross)
    {
        var most = u.Scheme.Amount!.Offsettable(gross.Amount);
        var before = Kept(u, gross.Entitlement);
        if (before is { } held && held.Amount <= most)
        {
            // Given up and granted again before the books knew: what they hold is what was left then.
            u.Emit(Less(gross, held));
            return;
        }
        if (before is not null)
            Undo(u, gross.Entitlement);
        else if (u.A.Entitlements.Any(x => x.Id == gross.Entitlement))
        {
            // Given up when nothing was kept back from it: the bank may have it, and pay it whole.
            u.Emit(gross);
            return;
        }
        if (Due(u, gross.Entitlement) is not { } recovery || most <= Money.Zero)
        {
            u.Emit(gross);
            return;
        }
        var due = recovery.DueOn(u.Today);
        var kept = new Kept(recovery.Id, due < most ? due : most);
        u.Emit(Less(gross, kept));
        u.Emit(new RecoveryOffset(recovery.Id, recovery.Entries + 1, gross.Entitlement, kept.Amount));
    }

    /// <summary>The entitlement is not owed: what was kept back from it has paid for nothing.</summary>
    public static void Undo(Unfolding u, string entitlement)
    {
        if (Kept(u, entitlement) is not { } kept)
            return;
        var recovery = u.A.Recoveries.First(x => x.Id == kept.Recovery);
        u.Emit(new RecoveryOffsetUndone(recovery.Id, recovery.Entries + 1, entitlement, kept.Amount, Recovering.NextCall(u)));
    }

    private static EntitlementGranted Less(EntitlementGranted gross, Kept kept) => gross with { Amount = gross.Amount - kept.Amount, Kept = kept };

    /// <summary>The oldest of which something is due.</summary>
    private static Recovery? Due(Unfolding u, string entitlement) =>
        u.A.Recoveries.FirstOrDefault(x => x.Entitlement != entitlement && x.DueOn(u.Today) > Money.Zero);

    private static Kept? Kept(Unfolding u, string entitlement) => u.A.Recoveries
        .SelectMany(recovery => recovery.Offsets.Where(x => x.Entitlement == entitlement).Select(x => new Kept(recovery.Id, x.Amount)))
        .FirstOrDefault();
}
