using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Funds;

namespace Subsidy.Core.Engine;

/// <summary>What an application asks of the books of its fund. Each order may be repeated: the books know the entitlement.</summary>
public sealed class MoneyDuties(FundDesk funds, YearEnd yearEnd)
{
    /// <returns>Null for a duty that has nothing to do with money.</returns>
    public async Task<DutyOutcome?> PerformAsync(Application application, Duty duty, CancellationToken cancel)
    {
        switch (duty)
        {
            case ReserveFunds d:
                return await InOpenBooksAsync(d.Id, d.Fund, d.Year, new Reserve(
                    d.Entitlement, application.Scheme.Id, application.Village, d.Amount, DueOf(application, d.Entitlement), d.Grant) { Attempt = d.Attempt }, cancel);
            case ReleaseFunds d:
                var released = await InOpenBooksAsync(d.Id, d.Fund, d.Year, new Release(
                    d.Entitlement, application.Scheme.Id, application.Village, d.Amount, DueOf(application, d.Entitlement), d.Grant), cancel);
                await funds.ServeAsync(released.Report.Fund, cancel);
                return released;
            case RetryPayment d:
                return await InOpenBooksAsync(d.Id, d.Fund.Code, d.Fund.Year, new Retry(d.Entitlement, d.Attempt), cancel);
            case AskBack d: // The report of it is decided on what the stream remembers.
                return new DutySucceeded(d.Id);
            case PostRecovery { End: null } d:
                var raised = await funds.HandleAsync(d.Fund, new RaiseClaim(Actor.Engine, d.Recovery, d.Entitlement, d.Amount) { Number = d.Entry }, cancel);
                // Refused: the money has come back from the bank meanwhile, and the application hears that. Where it stands paid, people are told.
                return raised.Refusal is not null && raised.Find(d.Entitlement) is { State: PositionState.Paid }
                    ? new DutyFailed(d.Id, "refusedByTheBooks")
                    : Report(d.Id, d.Fund, raised, d.Entitlement);
            case PostRecovery { End: { } end } d:
                return await SettleAsync(d, end, cancel);
            case PostHandOver { Order: HandOverOrder.Pay } d:
                return await PayFromPettyAsync(d, cancel);
            case PostHandOver d:
                return await HandOverAsync(d, cancel);
            default:
                return null;
        }
    }

    /// <summary>In the books where it stands; where these have carried it over, in the next year's.</summary>
    private async Task<DutyOutcome> HandOverAsync(PostHandOver d, CancellationToken cancel)
    {
        FundCommand command = d.Order is HandOverOrder.HandOut ? new HandOut(d.Entitlement, d.HandOver) : new TakeBack(d.Entitlement, d.HandOver);
        for (var key = d.Fund; ; key = key with { Year = key.Year + 1 })
        {
            var answer = await funds.HandleAsync(key, command, cancel);
            switch (answer.Find(d.Entitlement)?.State)
            {
                case PositionState.Leaving:
                    throw new BusyException(d.Entitlement);
                case PositionState.CarriedOver:
                case null when answer.Fund.Closed:
                    continue;
                case null when d.Order is HandOverOrder.TakeBack: // It lapsed with the year, and these books are yet to hear of it.
                    return new DutySucceeded(d.Id);
                default:
                    return Report(d.Id, key, answer, d.Entitlement);
            }
        }
    }

    /// <summary>The books have held it for this, so they do not refuse; should they do, the duty stays undone and people are told.</summary>
    private async Task<DutyOutcome> PayFromPettyAsync(PostHandOver d, CancellationToken cancel)
    {
        var answer = await funds.HandleAsync(d.Fund, new PayFromPetty(Actor.Staff(d.Payer), d.Entitlement, d.HandOver, d.Document), cancel);
        if (answer.Refusal is not null)
            return new DutyFailed(d.Id, "refusedByTheBooks");
        await funds.ServeAsync(d.Fund, cancel);
        return Report(d.Id, d.Fund, answer, d.Entitlement);
    }

    /// <summary>
    /// In the books of the year in which it was granted; where these are closed, or have carried it over, in the next year's. The same
    /// entitlement always ends in the same books.
    /// </summary>
    private async Task<FundsReported> InOpenBooksAsync(string duty, string fund, int year, FundCommand command, CancellationToken cancel)
    {
        var entitlement = command.Entitlements[0];
        while (true)
        {
            var key = new FundKey(fund, year);
            var answer = await funds.HandleAsync(key, command, cancel);
            switch (answer)
            {
                // Between two years' books: it will be found where it arrives.
                case { Refusal: null } when answer.Find(entitlement) is { State: PositionState.Leaving }:
                    throw new BusyException(entitlement);
                case { Refusal: null } when answer.Find(entitlement) is { State: not PositionState.CarriedOver }:
                    return Report(duty, key, answer, entitlement);
                case { Refusal: { Code: not RefusalCode.MovedOn } refusal }:
                    throw Refused(key, entitlement, refusal);
                // A payment came back to books that are closed.
                case { Refusal: not null } when answer.Find(entitlement) is { Open: true } back
                    && await yearEnd.CarryAsync(key, back, Actor.Engine, cancel) is { } refusal:
                    throw Refused(key, entitlement, refusal);
            }
            year++;
        }
    }

    private static InvalidOperationException Refused(FundKey fund, string entitlement, Refusal refusal) =>
        new($"{fund} refuses {entitlement}: {refusal.Faults[0].Message.En}");

    /// <summary>
    /// The books refuse when the bank has sent the money back that somebody has repaid meanwhile: a duty that stays undone and that people
    /// are told of, because somebody is owed money now.
    /// </summary>
    private async Task<DutyOutcome> SettleAsync(PostRecovery d, ClaimEnd end, CancellationToken cancel)
    {
        var command = new SettleClaim(Actor.Engine, $"{d.Recovery}-{d.Entry}", d.Recovery, d.Entitlement, d.Amount, end, d.Document);
        var answer = await funds.HandleAsync(d.Fund, command, cancel);
        if (answer.Refusal is not null)
            return new DutyFailed(d.Id, "refusedByTheBooks");
        await funds.ServeAsync(d.Fund, cancel);
        return new DutySucceeded(d.Id);
    }

    private static FundsReported Report(string duty, FundKey fund, FundAnswer answer, string entitlement) =>
        new(duty, FundReport.Of(fund, answer.Find(entitlement) ?? throw new InvalidOperationException($"{fund} knows nothing of {entitlement}.")));

    private static DateOnly DueOf(Application application, string entitlement) =>
        ChinaTime.DateOf(application.Entitlements.FirstOrDefault(x => x.Id == entitlement)?.GrantedAt ?? application.UpdatedAt);
}
