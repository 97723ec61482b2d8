using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Tests.Site;

/// <summary>Brings an application to its money, and plays pay run and bank in the books.</summary>
internal static class Payday
{
    public static readonly FundKey Fund = new("rural-revitalisation", 2026);

    private const string Run = "run-1";

    private static readonly JsonObject Called = new() { ["calledOn"] = "2026-03-30", ["spokeWith"] = "worker", ["confirmed"] = true };
    private static readonly JsonObject Measured = new() { ["people"] = 1, ["months"] = 2, ["factor"] = 1, ["handover"] = "pettyCash" };

    public static string EntitlementOf(Filed filed) => $"{filed.Id}-once";

    public static async Task AppropriateAsync(this TestSite site, FundKey fund, long yuan, string id = "opening")
    {
        var answer = await site.Get<FundDesk>().HandleAsync(
            fund, new Appropriate(Actor.Staff("wen-ruijie"), id, Money.FromYuan(yuan), "青财预〔2026〕2号"), TestContext.Current.CancellationToken);
        Assert.Null(answer.Refusal);
    }

    /// <summary>Everybody who is asked agrees, notices end; the money is set aside, or waits where the fund is empty.</summary>
    public static async Task<Filed> ApprovedAsync(
        this TestSite site, JsonObject? application = null, string key = Calls.Key, (string Kind, byte[] Content, string Name)[]? papers = null)
    {
        var filed = await site.FileAsync(application, key, papers);
        while (true)
        {
            await site.TurnAsync(filed.Id);
            var now = await site.ApplicationAsync(filed);
            if (now.Entitlements.Count > 0)
                return filed;
            if (now.Recurring is { } recurring)
                site.Time.SetUtcNow(recurring.Next);
            else if (now.Notice is { Until: { } until })
                site.Time.SetUtcNow(until);
            else
                await site.AgreeAsync(now);
        }
    }

    public static async Task<Application> ApplicationAsync(this TestSite site, Filed filed) =>
        (await site.Streams.LoadAsync(filed.Id, TestContext.Current.CancellationToken))!.Application;

    /// <summary>What nobody asks for here, as it would stand in the stream.</summary>
    public static async Task AppendAsync(this TestSite site, Filed filed, params Event[] events)
    {
        var head = (await site.Streams.LoadAsync(filed.Id, TestContext.Current.CancellationToken))!;
        var recorded = events.Select((e, i) => new Recorded(head.Application.Version + 1 + i, site.Time.GetUtcNow(), Actor.Engine, e)).ToList();
        var after = recorded.Aggregate(head.Application, (application, one) => Evolver.Evolve(filed.Id, application, one));
        Assert.NotNull(await site.Streams.AppendAsync(head, after, recorded, null, TestContext.Current.CancellationToken));
    }

    /// <summary>A run that two people stand behind takes it.</summary>
    public static async Task OrderAsync(this TestSite site, FundKey fund, string entitlement)
    {
        await site.BooksAsync(fund, new Gather(Run, [entitlement]));
        await site.BooksAsync(fund, new Commit(Run, [entitlement]));
    }

    /// <param name="code">Null: settled.</param>
    public static Task AnswerAsync(this TestSite site, FundKey fund, string entitlement, string? code) =>
        site.BooksAsync(fund, new Answer(Run, [new BankAnswer(entitlement, site.Books.Of(fund).Positions[entitlement].Attempt, code)]));

    public static async Task<Filed> PaidAsync(this TestSite site, string? code = null)
    {
        await site.AppropriateAsync(Fund, 10_000);
        var filed = await site.ApprovedAsync();
        await site.OrderAsync(Fund, EntitlementOf(filed));
        await site.AnswerAsync(Fund, EntitlementOf(filed), code);
        return filed;
    }

    public static async Task BooksAsync(this TestSite site, FundKey fund, FundCommand command)
    {
        var answer = await site.Get<FundDesk>().HandleAsync(fund, command, TestContext.Current.CancellationToken);
        Assert.Null(answer.Refusal);
        await site.Get<FundNewsDelivery>().TendAsync(TestContext.Current.CancellationToken);
    }

    private static async Task AgreeAsync(this TestSite site, Application now)
    {
        var assignment = now.Assignments[0];
        var scheme = await site.Get<ISchemes>().PinnedAsync(now.Scheme, TestContext.Current.CancellationToken);
        var step = (DecisionStep)scheme.StepOf(assignment.Step);
        var person = assignment.Seats.First(seat => seat.Open).Candidates[0];
        var answer = await site.Get<Desk>().HandleAsync(
            now.Id,
            new CastVote(
                person.Staff, assignment.Key, assignment.Round, person.Link, now.Version, Decision.Approve, null, [],
                [.. step.Checklist.Select(item => item.Key)], step.Measurements is null ? null : (JsonObject)(step.Key is "emergencyApproval" ? Measured : Called).DeepClone(), [], null),
            null, TestContext.Current.CancellationToken);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
    }
}
