using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Leaves out what a hold is on.</summary>
internal sealed class HeldPayments(IHolds holds, PayRunDesk desk)
{
    public async Task<IReadOnlyList<PayLine>> LeaveOutAsync(PayRun run, IReadOnlyList<PayLine> lines, CancellationToken cancel)
    {
        var today = desk.Today;
        var held = (await holds.ActiveAsync(cancel)).Where(hold => hold.HoldsOn(today)).Select(hold => hold.Target).ToHashSet();
        return held.Count == 0
            ? lines
            : [.. lines.Select(line => line.Included && TargetsOf(run, line).Any(held.Contains) ? line with { Excluded = Exclusion.Held } : line)];
    }

    private static IEnumerable<HoldTarget> TargetsOf(PayRun run, PayLine line) =>
    [
        HoldTarget.Everything,
        new(HoldKind.Fund, run.Id.Fund.Code),
        new(HoldKind.Scheme, line.Scheme),
        new(HoldKind.Application, line.Application),
        .. line.Persons.Select(HoldTarget.Person),
    ];
}
