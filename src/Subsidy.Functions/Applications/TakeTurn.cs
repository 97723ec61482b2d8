using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Engine;

namespace Subsidy.Functions.Applications;

/// <summary>One turn of an application. Input and output name steps and events, never people.</summary>
public sealed partial class TakeTurn(Turns turns, TimeProvider time, ILogger<TakeTurn> log)
{
    public const string Name = "TakeTurn";

    [Function(Name)]
    public async Task<TurnTaken> RunAsync([ActivityTrigger] TurnOrder order, CancellationToken cancel)
    {
        try
        {
            var turn = await turns.TakeAsync(order.Application, cancel)
                ?? throw new InvalidOperationException($"There is no application {order.Application}.");
            return new TurnTaken(turn.Step, turn.Status, turn.Final, turn.Next, Wake(turn.Next), turn.Events);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            TurnFailed(log, order.Application, failure);
            // The failure stands in the orchestration's history, where only its kind may be read: a message may quote what it choked on.
            throw new TurnException($"{failure.GetType().Name} in a turn of application {order.Application}; the log has it.");
        }
    }

    /// <summary>Durable timers run on the platform's clock; in Development the township's clock may have been moved.</summary>
    private DateTimeOffset? Wake(DateTimeOffset? next) =>
        next is { } at ? TimeProvider.System.GetUtcNow() + (at - time.GetUtcNow()) : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of application {Id} failed.")]
    private static partial void TurnFailed(ILogger logger, string id, Exception exception);
}

/// <summary>A turn failed; it is taken again.</summary>
public sealed class TurnException(string message) : Exception(message);

public sealed record TurnOrder(string Application, string? Step);

/// <param name="Due">When the application must be looked at again, on the township's clock.</param>
/// <param name="Wake">The same on the platform's clock.</param>
/// <param name="Events">Names of the events that the turn appended.</param>
public sealed record TurnTaken(
    string? Step, string Status, bool Final, DateTimeOffset? Due, DateTimeOffset? Wake, IReadOnlyList<string> Events);
