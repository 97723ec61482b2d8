using Subsidy.Core.Applications;
using Subsidy.Core.Applications.Deciding;
using Subsidy.Core.Calendar;
using Subsidy.Core.Payments;
using Subsidy.Core.Township;

namespace Subsidy.Core.Engine;

/// <summary>Places holds and lifts them, for finance staff.</summary>
public sealed class HoldDesk(IHolds holds, IStreams streams, ITownship township, TimeProvider time)
{
    /// <param name="until">The last day on which it holds; null until it is lifted.</param>
    /// <returns>Null when it was placed.</returns>
    public async Task<Refusal?> PlaceAsync(string staff, HoldTarget target, string reason, DateOnly? until, CancellationToken cancel)
    {
        if (Faulty(staff, reason) is { } refusal)
            return refusal;
        if (target.Kind is not HoldKind.Everything && string.IsNullOrWhiteSpace(target.Id))
            return Refusal.Of(RefusalCode.Invalid, "请写明暂停什么。", "Please say what is to be held.");
        if (until < ChinaTime.DateOf(time.GetUtcNow()))
            return Refusal.Of(RefusalCode.Invalid, "截止日期已经过去，什么也不会暂停。", "That day has passed: nothing would be held.");
        var other = await holds.PlaceAsync(new Hold(target, reason, staff, time.GetUtcNow(), until), cancel);
        if (other is null)
            return null;
        var name = township.Register.NameOf(other.Staff);
        return Refusal.Of(RefusalCode.AlreadyDone, $"{name}已经暂停了它；要改期限，请先解除。", $"{name} holds this already. To change the date, lift that hold first.");
    }

    /// <summary>Nobody lifts a hold on their own household's money, nor on a declared relative's (DESIGN: promise 2).</summary>
    /// <returns>Null when it was lifted.</returns>
    public async Task<Refusal?> LiftAsync(string staff, HoldTarget target, string reason, CancellationToken cancel)
    {
        if (Faulty(staff, reason) is { } refusal)
            return refusal;
        try
        {
            if (Eligibility.Kinship(await PersonsAsync(target, cancel), township.Register.Find(staff)!) is { } kinship)
                return new Refusal(RefusalCode.NotAllowed, [new Fault("", kinship)]);
        }
        catch (UnreadableApplicationException)
        {
            return Refusal.Of(
                RefusalCode.MovedOn,
                "这份申请已无法打开，恢复之前不能解除：解除后，发放批次会停在这里。",
                "This application cannot be opened. Until it can, the hold stays: without it pay runs would come to a stop here.");
        }
        return await holds.LiftAsync(target, new HoldEnd(staff, reason, time.GetUtcNow()), cancel) is null
            ? Refusal.Of(RefusalCode.NotFound, "没有这项暂停。", "There is no such hold.")
            : null;
    }

    private async Task<IReadOnlyList<PersonKey>> PersonsAsync(HoldTarget target, CancellationToken cancel) => target.Kind switch
    {
        HoldKind.Person => [new PersonKey(target.Id)],
        HoldKind.Application => (await streams.LoadAsync(target.Id, cancel))?.Application.Persons ?? [],
        _ => [],
    };

    private Refusal? Faulty(string staff, string reason)
    {
        if (township.Register.Find(staff) is not { OfFinance: true })
            return Refusal.Of(RefusalCode.NotAllowed, "只有财务人员可以暂停或恢复发放。", "Only finance staff may hold payments, or let them go.");
        return string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalCode.Invalid, "请写明原因。", "Please give a reason.") : null;
    }
}
