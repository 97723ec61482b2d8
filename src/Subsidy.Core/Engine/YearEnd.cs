using Subsidy.Core.Applications;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <param name="Moved">Promises that were carried over or released.</param>
/// <param name="Left">Those that could not be: in a pay run, in the bank's hands, or in the next year's books already; each with why.</param>
/// <param name="Closed">Nothing was left, and the books are closed.</param>
/// <param name="Refusal">Why they are not closed although nothing was left.</param>
public sealed record YearEndReport(int Moved, IReadOnlyList<YearEndRest> Left, bool Closed, Refusal? Refusal);

public sealed record YearEndRest(Position Position, Refusal Why);

/// <summary>
/// Ends a fund's fiscal year: every promise that is still open is carried into the next year's books (结转) with its money, or released so
/// that its application asks again there; then the books are closed. Whoever waits keeps their order.
/// </summary>
/// <remarks>Safe to repeat after a crash at any line, and by two at once: each step knows by the books whether it was done.</remarks>
public sealed class YearEnd(IFundBooks books, FundDesk desk)
{
    /// <summary>Carries over what is open.</summary>
    public async Task<YearEndReport> CarryOverAsync(FundKey key, Actor actor, CancellationToken cancel)
    {
        var next = key with { Year = key.Year + 1 };
        var report = await EndAsync(key, actor, position => CarryAsync(key, next, position, actor, cancel), cancel);
        await desk.ServeAsync(next, cancel);
        return report;
    }

    /// <summary>Releases what is open. The applications hear of it as news of these books, and ask the next year's for their money.</summary>
    public Task<YearEndReport> ReleaseAsync(FundKey key, Actor actor, CancellationToken cancel) =>
        EndAsync(
            key,
            actor,
            async position => position.State is PositionState.Leaving
                // A carry-over that was begun is ended as one.
                ? await CarryAsync(key, key with { Year = key.Year + 1 }, position, actor, cancel)
                : await LetGoAsync(key, position, cancel),
            cancel);

    private async Task<YearEndReport> EndAsync(FundKey key, Actor actor, Func<Position, Task<Refusal?>> end, CancellationToken cancel)
    {
        var open = await books.OpenAsync(key, cancel).ToListAsync(cancel);
        var moved = 0;
        var left = new List<YearEndRest>();
        // Those with money first; then those who wait, in their order.
        foreach (var position in open.OrderBy(position => Waits(position) ? position.Ticket : 0).ThenBy(position => position.Entitlement, StringComparer.Ordinal))
        {
            if (await end(position) is { } why)
                left.Add(new YearEndRest(position, why));
            else
                moved++;
        }
        if (left.Count > 0)
            return new YearEndReport(moved, left, Closed: false, null);
        var closing = await desk.HandleAsync(key, new CloseYear(actor), cancel);
        return new YearEndReport(moved, left, closing.Refusal is null, closing.Refusal);
    }

    /// <summary>Carries one promise over: also out of books that are closed, when a payment has come back to them.</summary>
    public Task<Refusal?> CarryAsync(FundKey key, Position position, Actor actor, CancellationToken cancel) =>
        CarryAsync(key, key with { Year = key.Year + 1 }, position, actor, cancel);

    private async Task<Refusal?> CarryAsync(FundKey key, FundKey next, Position position, Actor actor, CancellationToken cancel)
    {
        if (position.State is not PositionState.Leaving)
        {
            // What cannot arrive had better not leave.
            var there = await books.LoadAsync(next, [position.Entitlement], null, cancel);
            if (there.View.Fund.Closed || there.View.Positions.Any(one => one.State is not PositionState.Released))
                return Refusal.Of(RefusalCode.MovedOn, $"{next} 年度账上已有记录或已结账。", $"It stands in the books of {next} already, or they are closed.");
        }
        var left = await desk.HandleAsync(key, new CarryOver(actor, position.Entitlement), cancel);
        if (left.Refusal is not null)
            return left.Refusal;
        if (left.Find(position.Entitlement) is not { State: PositionState.Leaving } leaving)
            return null; // Another has ended it meanwhile.
        var arrived = await desk.HandleAsync(next, new CarryIn(actor, leaving), cancel);
        return arrived.Refusal ?? (await desk.HandleAsync(key, new ConfirmArrival(actor, position.Entitlement), cancel)).Refusal;
    }

    private async Task<Refusal?> LetGoAsync(FundKey key, Position p, CancellationToken cancel)
    {
        if (p.State is PositionState.Gathered)
            return Refusal.Of(RefusalCode.MovedOn, "这笔钱在发放批次中，请先取消批次。", "A pay run holds this; it must be given up first.");
        var answer = await desk.HandleAsync(key, new Release(p.Entitlement, p.Scheme, p.Village, p.Amount, p.Due, p.Grant, Tell: true), cancel);
        return answer.Find(p.Entitlement) is { Open: true }
            ? Refusal.Of(RefusalCode.MovedOn, "这笔钱正在发放，等待银行回复。", "This is being paid; the bank has yet to answer.")
            : null;
    }

    private static bool Waits(Position position) =>
        position.State is PositionState.Waiting || position.LeftAs is PositionState.Waiting;
}
