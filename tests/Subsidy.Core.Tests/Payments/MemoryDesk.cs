using System.Collections.Concurrent;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Tests.Payments;

/// <summary>The small things beside pay runs, in memory: holds, notes of payees, cleared flags, files.</summary>
internal sealed class MemoryDesk(Turnstile turn) : IHolds, IPayeeIndex, IClearances, IPayeeDigests, IBankFiles, IBankInbox, IRefusedAnswers, IPayRunNudges
{
    private readonly Dictionary<HoldTarget, Hold> _holds = [];
    private readonly Dictionary<string, List<PayeeUse>> _uses = [];
    private readonly Dictionary<string, string> _cleared = [];

    public ConcurrentDictionary<string, byte[]> Files { get; } = [];
    public ConcurrentQueue<RefusedAnswer> Refused { get; } = [];

    public Task<IReadOnlyList<Hold>> ActiveAsync(CancellationToken cancel) => turn.PassAsync(() => Task.FromResult<IReadOnlyList<Hold>>([.. _holds.Values]));

    public Task<IReadOnlyList<Hold>> LiftedAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<Hold?> PlaceAsync(Hold hold, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult(_holds.TryAdd(hold.Target, hold) ? null : _holds[hold.Target]));

    public Task<Hold?> LiftAsync(HoldTarget target, HoldEnd end, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult(_holds.Remove(target, out var hold) ? hold : null));

    public Task NoteAsync(string key, PayeeUse use, CancellationToken cancel) => turn.PassAsync(() =>
    {
        var uses = _uses.TryGetValue(key, out var known) ? known : _uses[key] = [];
        if (uses.All(other => other.Application != use.Application))
            uses.Add(use);
    });

    public Task<IReadOnlyList<PayeeUse>> FindAsync(string key, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult<IReadOnlyList<PayeeUse>>(_uses.TryGetValue(key, out var uses) ? [.. uses] : []));

    public Task<string?> ClearedByAsync(string application, Flag flag, CancellationToken cancel) =>
        turn.PassAsync(() => Task.FromResult(_cleared.GetValueOrDefault($"{application}|{flag.Key}")));

    public Task ClearAsync(string application, Flag flag, string staff, string reason, DateTimeOffset at, CancellationToken cancel) =>
        turn.PassAsync(() => _cleared.TryAdd($"{application}|{flag.Key}", staff));

    public string OfAccount(string account) => $"#{account}";

    public string OfPayee(Payee payee) => $"#{payee.Name}#{payee.Account}#{payee.Bank}";

    public async Task<bool> PutAsync(string name, Stream content, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return await turn.PassAsync(() => Task.FromResult(Files.TryAdd(name, bytes.ToArray())));
    }

    Task<Stream?> IBankFiles.OpenAsync(string name, CancellationToken cancel) => turn.PassAsync(() =>
        Task.FromResult<Stream?>(Files.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null));

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<InboxFile?> OpenAsync(string name, CancellationToken cancel) => Task.FromResult<InboxFile?>(null);

    public Task RemoveAsync(InboxFile file, CancellationToken cancel) => Task.CompletedTask;

    public Task AddAsync(RefusedAnswer refused, CancellationToken cancel) => turn.PassAsync(() => Refused.Enqueue(refused));

    Task<IReadOnlyList<RefusedAnswer>> IRefusedAnswers.ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<RefusedAnswer>>([.. Refused]);

    public Task NudgeAsync(PayRunId run, CancellationToken cancel) => Task.CompletedTask;
}
