using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Subsidy.Storage.Clock;

namespace Subsidy.Functions.Clock;

/// <summary>
/// In Development, where the clock can be moved: before each request, turn and timer this process takes over what another one has
/// moved it to.
/// </summary>
public sealed class ClockRefresh(MovedClock clock) : IFunctionsWorkerMiddleware
{
    /// <summary>Not before an orchestrator, which is replayed: it may do nothing but what is in its history, and asks for no time of ours.</summary>
    public static bool IsFor(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.All(binding => binding.Type != "orchestrationTrigger");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await clock.RefreshAsync(context.CancellationToken);
        await next(context);
    }
}
