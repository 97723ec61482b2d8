using Microsoft.DurableTask.Client;
using Subsidy.Core.Applications;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;
using Fault = Subsidy.Storage.Tests.Fault;

namespace Subsidy.Functions.Tests;

/// <summary>A turn fails once; the retry that the orchestration asks for finishes the work, and nothing is done twice.</summary>
public sealed class FailureTests(AzuriteFixture azurite)
{
    public enum Breaks
    {
        /// <summary>The worker dies before it has done anything.</summary>
        BeforeItsEffect,

        /// <summary>Storage fails in the middle of it.</summary>
        InTheMiddle,

        /// <summary>All is done, but the engine is never told.</summary>
        AfterItsEffect,
    }

    [Theory]
    [InlineData(Breaks.BeforeItsEffect)]
    [InlineData(Breaks.InTheMiddle)]
    [InlineData(Breaks.AfterItsEffect)]
    public async Task A_turn_that_breaks_is_taken_again_and_does_nothing_twice(Breaks where)
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        await worker.SubmitAsync();

        var attempts = new Attempts(head, where);
        head.AroundTurn = attempts.TakeAsync;
        await worker.TakenAsync(await worker.BallotAsync());
        await attempts.Second.Task.WaitAsync(head.Guard);
        Assert.Equal(Status.OnNotice, (await head.SettledAsync(worker.Id)).Status);

        await worker.WalkAsync();
        await worker.TakenAsync(new Withdraw(null));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await head.Engine.EndAsync(worker.Id)).RuntimeStatus);
        Assert.Equal(["villageCheck", "villageNotice", "townshipReview", "townshipNotice", "countyReview", "countyNotice"], await worker.PassedAsync());
        await worker.CheckAsync(failed: 1);
    }

    private sealed class Attempts(RunningHead head, Breaks where)
    {
        private int made;

        public TaskCompletionSource Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<TurnTaken> TakeAsync(Func<Task<TurnTaken>> turn)
        {
            var attempt = Interlocked.Increment(ref made);
            if (attempt == 1 && where is Breaks.BeforeItsEffect)
                throw new TurnException("The worker died.");
            if (attempt == 1 && where is Breaks.InTheMiddle)
                BreakOnce();
            var taken = await turn();
            if (attempt == 1 && where is Breaks.AfterItsEffect)
                throw new TurnException("The answer was lost.");
            if (attempt == 2)
            {
                Assert.Equal(where is Breaks.AfterItsEffect ? 0 : 1, taken.Events.Count);
                Second.SetResult();
            }
            return taken;
        }

        /// <summary>A turn reads the head, leases it, mails, writes the indexes, and appends: the answer to the third request is lost.</summary>
        private void BreakOnce()
        {
            head.Store.Wire.Restart();
            head.Store.Wire.Breaks = (number, _) => number == 3 ? Fault.AfterServer : Fault.None;
        }
    }
}
