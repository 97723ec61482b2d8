using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>What was asked back, has come back or was given up, step by step.</summary>
/// <param name="Staff">Null where it follows from something else.</param>
/// <param name="Note">Reason, number of the voucher, or the later period.</param>
public sealed record RecoveryStep(DateTimeOffset At, RecoveryStepKind Kind, Money Amount, string? Staff, Text? Note)
{
    public static IEnumerable<RecoveryStep> Of(string recovery, IReadOnlyList<Recorded> events)
    {
        string? proposed = null;
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case RecoveryOpened e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.Asked, e.Amount, e.Staff, e.Reason);
                    break;
                case RecoveryRaised e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.Asked, e.Amount, e.Staff, e.Reason);
                    break;
                case RecoveryRepaid e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.Repaid, e.Amount, e.Staff, e.Document);
                    break;
                case RecoveryOffset e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.Offset, e.Amount, null, null) with { Note = PaymentText.PeriodOf(e.Entitlement) };
                    break;
                case RecoveryOffsetUndone e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.OffsetUndone, e.Amount, null, null) with { Note = PaymentText.PeriodOf(e.Entitlement) };
                    break;
                case WriteOffProposed e when e.Recovery == recovery:
                    proposed = e.Reason;
                    break;
                case WriteOffDecided { Accepted: true } e when e.Recovery == recovery:
                    yield return Step(RecoveryStepKind.WrittenOff, e.Amount, e.Staff, proposed);
                    break;
            }

            RecoveryStep Step(RecoveryStepKind kind, Money amount, string? staff, string? note) =>
                new(recorded.At, kind, amount, staff, note is null ? null : new Text(note, note));
        }
    }
}

public enum RecoveryStepKind { Asked, Repaid, Offset, OffsetUndone, WrittenOff }
