using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Web.Tests.Site;

/// <summary>What stands beside pay runs, in memory: holds, accounts that are known, flags that were cleared, the bank's files.</summary>
internal sealed class MemoryBank : IHolds, IPayeeIndex, IClearances, IPayeeDigests, IBankFiles, IBankInbox, IRefusedAnswers, IPayRunNudges
{
    private readonly Dictionary<HoldTarget, Hold> _holds = [];
    private readonly List<Hold> _lifted = [];
    private readonly List<(string Key, PayeeUse Use)> _uses = [];
    private readonly Dictionary<(string Application, string Flag), string> _cleared = [];
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<RefusedAnswer> _refused = [];

    public List<PayRunId> Nudged { get; } = [];

    public Task<IReadOnlyList<Hold>> ActiveAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Hold>>([.. _holds.Values]);

    public Task<IReadOnlyList<Hold>> LiftedAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Hold>>([.. _lifted]);

    public Task<Hold?> PlaceAsync(Hold hold, CancellationToken cancel) =>
        Task.FromResult(_holds.TryAdd(hold.Target, hold) ? null : _holds[hold.Target]);

    public Task<Hold?> LiftAsync(HoldTarget target, HoldEnd end, CancellationToken cancel)
    {
        if (!_holds.Remove(target, out var hold))
            return Task.FromResult<Hold?>(null);
        _lifted.Insert(0, hold with { End = end });
        return Task.FromResult<Hold?>(hold);
    }

    public Task NoteAsync(string key, PayeeUse use, CancellationToken cancel)
    {
        if (!_uses.Any(one => one.Key == key && one.Use.Application == use.Application))
            _uses.Add((key, use));
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<PayeeUse>> IPayeeIndex.FindAsync(string key, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PayeeUse>>([.. _uses.Where(one => one.Key == key).Select(one => one.Use)]);

    public Task<string?> ClearedByAsync(string application, Flag flag, CancellationToken cancel) =>
        Task.FromResult(_cleared.GetValueOrDefault((application, flag.Key)));

    public Task ClearAsync(string application, Flag flag, string staff, string reason, DateTimeOffset at, CancellationToken cancel) =>
        Task.FromResult(_cleared.TryAdd((application, flag.Key), staff));

    public string OfAccount(string account) => $"account {account}";

    public string OfPayee(Payee payee) => $"payee {payee}";

    public async Task<bool> PutAsync(string name, Stream content, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return _files.TryAdd(name, bytes.ToArray());
    }

    Task<Stream?> IBankFiles.OpenAsync(string name, CancellationToken cancel) =>
        Task.FromResult<Stream?>(_files.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    Task<IReadOnlyList<string>> IBankInbox.ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<InboxFile?> OpenAsync(string name, CancellationToken cancel) => Task.FromResult<InboxFile?>(null);

    public Task RemoveAsync(InboxFile file, CancellationToken cancel) => Task.CompletedTask;

    public Task AddAsync(RefusedAnswer refused, CancellationToken cancel)
    {
        _refused.Insert(0, refused);
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<RefusedAnswer>> IRefusedAnswers.ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<RefusedAnswer>>([.. _refused]);

    public Task NudgeAsync(PayRunId run, CancellationToken cancel)
    {
        Nudged.Add(run);
        return Task.CompletedTask;
    }
}
