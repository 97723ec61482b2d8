using Microsoft.DurableTask;
using Subsidy.Functions.Payments;

namespace Subsidy.Functions.Tests.Payments;

/// <summary>The orchestration of pay runs, with pieces that a test supplies.</summary>
internal static class PayRunTasks
{
    public static void AddPayRuns(
        this DurableTaskRegistry tasks, Func<PayRunOrder, Task<PayRunPlan>> plan, Func<PayRunSlice, Task> slice, Func<PayRunPhaseEnd, Task> end)
    {
        tasks.AddOrchestratorFunc<PayRunOrder, string>(PayRunOrchestration.Name, (context, order) => PayRunOrchestration.RunAsync(context, order));
        tasks.AddActivityFunc<PayRunOrder, PayRunPlan>(PayRunActivities.Plan, (_, order) => plan(order));
        tasks.AddActivityFunc<PayRunSlice>(PayRunActivities.Do, (_, what) => slice(what));
        tasks.AddActivityFunc<PayRunPhaseEnd>(PayRunActivities.Finish, (_, what) => end(what));
    }
}
