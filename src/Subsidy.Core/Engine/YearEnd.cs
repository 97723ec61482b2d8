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
        var report = await EndAsync(key, actor, position => CarryAsync(key, position, actor, cancel), cancel);
        await desk.ServeAsync(After(key), cancel);
        return report;
    }

    /// <summary>Releases what is open. The applications hear of it as news of these books, and ask the next year's for their money.</summary>
    public Task<YearEndReport> ReleaseAsync(FundKey key, Actor actor, CancellationToken cancel) =>
        EndAsync(
            key,
            actor,
            async position => position.State is PositionState.Leaving
                // A carry-over that was begun is ended as one.
                ? await CarryAsync(key, position, actor, cancel)
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

    /// <summary>
    /// Carries one promise over, into the first books after these that are open: also out of books that are closed, when a payment has come
    /// back to them.
    /// </summary>
    public async Task<Refusal?> CarryAsync(FundKey key, Position position, Actor actor, CancellationToken cancel)
    {
        // What cannot arrive had better not leave.
        if (position.State is not PositionState.Leaving && await InTheWayAsync(key, position.Entitlement, cancel) is { } refusal)
            return refusal;
        var left = await desk.HandleAsync(key, new CarryOver(actor, position.Entitlement), cancel);
        if (left.Refusal is not null)
            return left.Refusal;
        if (left.Find(position.Entitlement) is not { State: PositionState.Leaving } leaving)
            return null; // Another has ended it meanwhile.
        return await ArriveAsync(After(key), new CarryIn(actor, leaving), cancel)
            ?? (await desk.HandleAsync(key, new ConfirmArrival(actor, position.Entitlement), cancel)).Refusal;
    }

    private async Task<Refusal?> InTheWayAsync(FundKey key, string entitlement, CancellationToken cancel)
    {
        FundView there;
        do
        {
            key = After(key);
            there = (await books.LoadAsync(key, [entitlement], null, cancel)).View;
            if (there.Positions.Any(one => one.State is not PositionState.Released))
                return Refusal.Of(RefusalCode.MovedOn, $"{key} 年度账上已有记录。", $"It stands in the books of {key} already.");
        }
        while (there.Fund.Closed);
        return null;
    }

    /// <summary>Books that are closed stay closed, and say whether it has arrived there: whoever repeats this comes to the same ones.</summary>
    private async Task<Refusal?> ArriveAsync(FundKey key, CarryIn arrival, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await desk.HandleAsync(key, arrival, cancel);
            if (answer is not { Refusal: not null, Fund.Closed: true } || answer.Find(arrival.Old.Entitlement) is { State: not PositionState.Released })
                return answer.Refusal;
            key = After(key);
        }
    }

    private static FundKey After(FundKey key) => key with { Year = key.Year + 1 };

    private async Task<Refusal?> LetGoAsync(FundKey key, Position p, CancellationToken cancel)
    {
        if (p.State is PositionState.Gathered)
            return Refusal.Of(RefusalCode.MovedOn, "这笔钱在发放批次中，请先取消批次。", "A pay run holds this; it must be given up first.");
        if (p.State is PositionState.HandedOut)
            return YearClosing.Unwitnessed();
        var answer = await desk.HandleAsync(key, new Release(p.Entitlement, p.Scheme, p.Village, p.Amount, p.Due, p.Grant, Tell: true), cancel);
        return answer.Find(p.Entitlement) is { Open: true }
            ? Refusal.Of(RefusalCode.MovedOn, "这笔钱正在发放，等待银行回复。", "This is being paid; the bank has yet to answer.")
            : null;
    }

    private static bool Waits(Position position) =>
        position.State is PositionState.Waiting || position.LeftAs is PositionState.Waiting;
}
