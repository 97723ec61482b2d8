using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Storage.Payments;

/// <summary>For a process that carries no runs on: the patrol of another finds them.</summary>
internal sealed class NoPayRunNudges : IPayRunNudges
{
    public Task NudgeAsync(PayRunId run, CancellationToken cancel) => Task.CompletedTask;
}
