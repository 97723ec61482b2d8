using System.Threading.Channels;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Tests;

/// <summary>Turns by hand: the test sees each one begin and says what comes of it.</summary>
public sealed class Script
{
    private readonly Channel<Scene> begun = Channel.CreateUnbounded<Scene>();

    public Task<TurnTaken> PlayAsync(TurnOrder order)
    {
        var scene = new Scene(order);
        begun.Writer.TryWrite(scene);
        return scene.Outcome.Task;
    }

    /// <summary>The next turn, as soon as the orchestration takes one.</summary>
    public async Task<Scene> NextAsync() => await begun.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool Nothing => begun.Reader.Count == 0;

    public static TurnTaken Turn(string? step = "village", DateTimeOffset? wake = null, bool final = false) =>
        new(step, final ? "Closed" : "InReview", final, wake, wake, []);
}

public sealed record Scene(TurnOrder Order)
{
    public TaskCompletionSource<TurnTaken> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ends(TurnTaken turn) => Outcome.SetResult(turn);

    public void Fails() => Outcome.SetException(new TurnException("It failed."));
}
