using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Engine;

/// <summary>What became of a command.</summary>
/// <param name="Head">The application afterwards; null when there is none.</param>
/// <param name="Events">What was appended; empty when refused.</param>
public sealed record DeskAnswer(Head? Head, IReadOnlyList<Recorded> Events, Refusal? Refusal)
{
    public Application? Application => Head?.Application;
}

/// <summary>Takes commands: one read, one decision, one transaction. Two at once: one wins, the other decides again on what it finds.</summary>
public sealed class Desk(IStreams streams, ISchemes schemes, ITownship township, IRegisters registers, INudges nudges, TimeProvider time)
{
    /// <summary>How often a command that lost the race is decided anew before the caller is told to come again.</summary>
    private const int Attempts = 20;

    public Task<Head?> FindAsync(string id, CancellationToken cancel) => streams.LoadAsync(id, cancel);

    /// <param name="scheme">For the first command of an application: the scheme it is made under.</param>
    /// <exception cref="BusyException">The application was changed by others all the time.</exception>
    public async Task<DeskAnswer> HandleAsync(string id, Command command, Scheme? scheme, CancellationToken cancel)
    {
        var head = await streams.LoadAsync(id, cancel);
        return await HandleAsync(id, head, command, scheme, cancel);
    }

    /// <summary>The same, on a head that the caller has just read.</summary>
    public async Task<DeskAnswer> HandleAsync(string id, Head? head, Command command, Scheme? scheme, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pinned = head is null ? scheme : await schemes.PinnedAsync(head.Application.Scheme, cancel);
            if (pinned is null)
                return new DeskAnswer(null, [], Refusal.Of(RefusalCode.NotFound, "没有这份申请。", "There is no such application."));

            var persons = Persons(command, head?.Application);
            var found = pinned.Registers.Count == 0
                ? new Dictionary<string, bool>()
                : await registers.LookUpAsync(pinned.Registers, persons, cancel);
            var circumstances = new Circumstances(time.GetUtcNow(), pinned, township.Register, township.Calendar, found)
            {
                Earlier = EarlierPayments.AreAskedFor(head?.Application, command) ? await EarlierAsync(id, cancel) : EarlierPayments.None,
            };

            var decided = Decider.Decide(head?.Application, command, circumstances);
            if (decided.Refusal is { } refusal)
                return new DeskAnswer(head, [], refusal);
            if (decided.Events.Count == 0)
                return new DeskAnswer(head, [], null);

            var next = await streams.AppendAsync(head, decided.Application!, decided.Events, Timing.Due(decided.Application!), cancel);
            if (next is not null)
            {
                if (LeavesWork(command))
                    await nudges.NudgeAsync(next.Application, Begins(head, next), cancel);
                return new DeskAnswer(next, decided.Events, null);
            }
            head = head is null ? await streams.LoadAsync(id, cancel) : await streams.ReloadAsync(head, cancel);
        }
        throw new BusyException(id);
    }

    /// <summary>As the stream has it now; should it move on meanwhile, the command is decided again.</summary>
    private async Task<EarlierPayments> EarlierAsync(string id, CancellationToken cancel) => EarlierPayments.Of(
        id, await streams.ReadAsync(id, cancel).Select(stored => stored.Recorded).ToListAsync(cancel));

    /// <summary>The engine nudges itself. A look-up asks nothing of it, and it may long have done with the application.</summary>
    private static bool LeavesWork(Command command) =>
        command is HearFunds || (command.Actor.Kind is not ActorKind.Engine && command is not DrawStatement);

    private static bool Begins(Head? before, Head after) =>
        before is null || before.Application.Generation != after.Application.Generation;

    private static IReadOnlyList<PersonKey> Persons(Command command, Application? application) => command switch
    {
        Submit submit => submit.Persons,
        Amend { Form: not null } amend => amend.Persons,
        _ => application?.Persons ?? [],
    };
}

/// <summary>An application or a fund-year changed under every attempt; the caller may come again at once.</summary>
public sealed class BusyException(string id) : Exception($"{id} is being changed by others.");
