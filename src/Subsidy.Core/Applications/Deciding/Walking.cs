using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>From one step of the route to the next.</summary>
internal static class Walking
{
    /// <summary>How often the oversight is told of an application that waits for the fund or for its number.</summary>
    private static readonly Term FundsCall = new(30, TermUnit.Days);
    private static readonly Term IssueCall = new(1, TermUnit.WorkingDays);

    public static void Start(Unfolding u) => GoOn(u, 0);

    /// <summary>The step is done; the route goes on.</summary>
    public static void Pass(Unfolding u, string step)
    {
        u.Emit(new StepPassed(step, u.A.RoundOf(step)));
        Amounts.Refresh(u);
        GoOn(u, IndexOf(u, step) + 1);
    }

    /// <summary>Opens a step, for the first time or again.</summary>
    public static void Enter(Unfolding u, string key)
    {
        switch (u.Scheme.StepOf(key))
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
                Grant(u, step);
                break;
            case var step:
                throw new InvalidOperationException($"No one opens a {step.GetType().Name}.");
        }
    }

    public static void AwaitFunds(Unfolding u, string step) => u.Emit(new FundsAwaited(step, u.After(FundsCall).At));

    public static Deadline NextFundsCall(Unfolding u) => u.After(FundsCall);

    public static Deadline NextIssueCall(Unfolding u) => u.After(IssueCall);

    private static void Grant(Unfolding u, PayStep step)
    {
        var amount = u.A.Amount ?? throw new InvalidOperationException($"{u.A.Id}: step {step.Key} pays an amount that nothing has set.");
        const string period = "once";
        u.Emit(new EntitlementGranted(step.Key, $"{u.A.Id}-{period}", period, step.Fund, amount));
        if (step.PayFirst)
            Pass(u, step.Key);
        else
            AwaitFunds(u, step.Key);
    }

    private static void GoOn(Unfolding u, int index)
    {
        for (; index < u.Scheme.Route.Count; index++)
        {
            var step = u.Scheme.Route[index];
            if (step.When is null || step.When.Holds(u.Scope()))
            {
                Enter(u, step.Key);
                return;
            }
            u.Emit(new StepSkipped(step.Key, step.When.Source));
        }

        if (u.A.Entitlement is not null)
            AwaitFunds(u, u.A.Step!);
        else
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
