using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>From one step of the route to the next.</summary>
internal static class Walking
{
    /// <summary>How often the oversight is told of an application that waits for the fund or for its number.</summary>
    private static readonly Term FundsCall = new(30, TermUnit.Days);
    private static readonly Term IssueCall = new(1, TermUnit.WorkingDays);

    /// <summary>The step is done; the route goes on.</summary>
    public static void Pass(Unfolding u, string step)
    {
        u.Emit(new StepPassed(step, u.A.RoundOf(step)));
        Amounts.Refresh(u);
        GoOn(u);
    }

    /// <summary>
    /// Opens the first step of the route that applies and has not passed. Mostly that is the next one; after an amended form, a decided
    /// appeal or a survey it may be one that was skipped before, and no step is left out for having once not applied.
    /// </summary>
    public static void GoOn(Unfolding u)
    {
        var here = u.A.Step is { } at ? IndexOf(u, at) : 0;
        for (var i = 0; i < u.Scheme.Route.Count; i++)
        {
            var step = u.Scheme.Route[i];
            if (u.A.Passed.Contains(step.Key))
                continue;
            if (Unmet(u, step) is not { } condition)
            {
                Enter(u, step);
                return;
            }
            if (i >= here)
                u.Emit(new StepSkipped(step.Key, condition));
        }
        End(u);
    }

    private static string? Unmet(Unfolding u, Step step)
    {
        if (step.When is { } when && !when.Holds(u.Scope()))
            return when.Source;
        return step is PayStep && u.A.Amount is { Fen: 0 } ? "amount > 0" : null;
    }

    private static void Enter(Unfolding u, Step entered)
    {
        var key = entered.Key;
        switch (entered)
        {
            case DecisionStep { Request: { } request } step when u.A.RoundOf(key) == 0:
                u.Emit(new RequestAwaited(step.Key, request.Key, u.After(request.Within).At));
                break;
            case DecisionStep step:
                Assigning.Open(u, step);
                break;
            case NoticeStep step:
                var lines = Posting.Lines(step.Shows, u.Scope());
                u.Emit(new NoticePosted(step.Key, u.A.RoundOf(key) + 1, u.After(new Term(step.Days, TermUnit.Days)).At, step.Days, lines));
                break;
            case IssueStep step:
                var scope = u.Scope();
                var orders = step.Certificates.Where(c => c.When is null || c.When.Holds(scope)).Select(c => new CertificateOrder(c.Kind, c.Prefix));
                u.Emit(new IssueOrdered(step.Key, [.. orders], u.After(IssueCall).At));
                break;
            case SupplementStep step:
                var due = u.After(step.Within);
                u.Emit(new SupplementAsked(step.Key, step.Documents, due.At, due.Estimate, u.Before(due.At, step.Warn)));
                break;
            case PayStep step:
                Pay(u, step);
                break;
            default:
                throw new InvalidOperationException($"No one opens a {entered.GetType().Name}.");
        }
    }

    public static void AwaitFunds(Unfolding u, string step) => u.Emit(new FundsAwaited(step, u.After(FundsCall).At));

    public static Deadline NextFundsCall(Unfolding u) => u.After(FundsCall);

    public static Deadline NextIssueCall(Unfolding u) => u.After(IssueCall);

    private static void Pay(Unfolding u, PayStep step)
    {
        // One application is owed one thing: an amended form may lead to a second pay step, but not to a second entitlement.
        if (u.A.Entitlement is null && u.A.Recurring is null)
            Granting.Begin(u, step);
        if (step.PayFirst)
            Pass(u, step.Key);
        else
            Rest(u, step.Key);
    }

    private static void End(Unfolding u)
    {
        // Money came first, a rejection took it back, and an appeal has set the rejection aside: it is owed after all.
        var paid = u.Scheme.Route.OfType<PayStep>().FirstOrDefault(step => u.A.Passed.Contains(step.Key));
        if (u.A.Entitlement is null && paid is not null)
            Granting.Begin(u, paid);
        Rest(u, u.A.Step!);
    }

    /// <summary>The route is done; what remains is the money.</summary>
    private static void Rest(Unfolding u, string step)
    {
        if (Recovering.Square(u))
            return;
        if (u.A.Entitlements.Any(entitlement => entitlement.Owed))
            AwaitFunds(u, step);
        else if (u.A.Recurring is null)
            u.Emit(new Closed());
    }

    private static int IndexOf(Unfolding u, string step)
    {
        for (var i = 0; i < u.Scheme.Route.Count; i++)
        {
            if (u.Scheme.Route[i].Key == step)
                return i;
        }
        throw new InvalidOperationException($"{u.A.Id}: the route has no step '{step}'.");
    }
}
