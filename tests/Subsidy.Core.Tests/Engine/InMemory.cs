using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Tests.Funds;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Engine;

/// <summary>Everything that the engine touches, in memory, with a switch to make each of it fail.</summary>
internal sealed class InMemory(Scheme scheme)
    : IStreams, ISchemes, ITownship, IRegisters, INudges, IClaims, IIndexes, IMailer, IPermitNumbers, IPapers
{
    private sealed record Stored(Application Application, DateTimeOffset? Due, DateTimeOffset? LeasedUntil, bool Mine)
        : Head(Application, Due, LeasedUntil);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    public Application Application => _head!.Application;
    public DateTimeOffset? Due => _head!.Due;
    public List<Recorded> Events { get; } = [];
    public List<SendMail> Sent { get; } = [];
    public HashSet<string> Held { get; } = [];

    /// <summary>The public list.</summary>
    public Dictionary<(string Entitlement, DateTimeOffset PaidAt), PublicPayment> Listed { get; } = [];
    public int Nudged { get; private set; }
    public Exception? IndexFailure { get; set; }
    public Exception? MailFailure { get; set; }

    /// <summary>Runs before a mail goes out.</summary>
    public Func<SendMail, Task> OnMail { get; set; } = _ => Task.CompletedTask;
    public ClaimConflict? Conflict { get; set; }
    private Stored? _head;

    public Desk Desk => new(this, this, this, this, this, Time);
    public Turns Turns => new(this, Desk, this, this, this, this, this, new MoneyDuties(Funds, new YearEnd(Books, Funds)), Time);
    public MemoryBooks Books { get; } = new();
    public FundDesk Funds => new(Books, Time);
    public FundNewsDelivery News => new(Books, Funds, Desk);

    public Task<DeskAnswer> DoAsync(Command command) => Desk.HandleAsync(Case.Id, command, scheme, TestContext.Current.CancellationToken);

    public Task<Turn?> TurnAsync() => Turns.TakeAsync(Case.Id, TestContext.Current.CancellationToken);

    public Task<Head?> LoadAsync(string id, CancellationToken cancel) => Task.FromResult<Head?>(_head is null ? null : _head with { Mine = false });

    public Task<Head?> AppendAsync(Head? before, Application after, IReadOnlyList<Recorded> events, DateTimeOffset? due, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (before?.Application.Version != _head?.Application.Version)
            return Task.FromResult<Head?>(null);
        Events.AddRange(events);
        _head = new Stored(after, due, before is Stored { Mine: true } ? null : _head?.LeasedUntil, Mine: false);
        return Task.FromResult<Head?>(_head);
    }

    public Task<Head?> LeaseAsync(Head head, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        if (head.Application.Version != _head!.Application.Version || (_head.LeasedUntil > now && head is not Stored { Mine: true }))
            return Task.FromResult<Head?>(null);
        _head = _head with { LeasedUntil = until, Due = until, Mine = false };
        return Task.FromResult<Head?>(_head with { Mine = true });
    }

    public Task<Head?> PostponeAsync(Head head, DateTimeOffset? due, CancellationToken cancel)
    {
        if (head.Application.Version != _head!.Application.Version)
            return Task.FromResult<Head?>(null);
        _head = _head with { Due = due };
        return Task.FromResult<Head?>(_head);
    }

    public IAsyncEnumerable<StoredEvent> ReadAsync(string id, CancellationToken cancel) =>
        Events.Select(recorded => new StoredEvent(recorded, "", "", "")).ToAsyncEnumerable();

    public IAsyncEnumerable<Due> DueAsync(DateTimeOffset now, CancellationToken cancel) => throw new NotSupportedException();

    public IReadOnlyList<Scheme> Current => [scheme];

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => new(scheme);

    public TownshipRegister Register => SampleTownship.Register;
    public WorkingCalendar Calendar { get; } = WorkingCalendar.From([]);

    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
        IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(new Dictionary<string, bool>());

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
    {
        Nudged++;
        return Task.CompletedTask;
    }

    public Task<ClaimConflict?> TakeAsync(string applicationId, IReadOnlyList<Claim> claims, DateTimeOffset now, CancellationToken cancel)
    {
        if (Conflict is null)
            Held.UnionWith(claims.Select(claim => claim.Key));
        return Task.FromResult(Conflict);
    }

    public Task ReleaseAsync(string applicationId, IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        Held.ExceptWith(claims.Select(claim => claim.Key));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel) => IndexFailure is { } failure
        ? throw failure
        : Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["row"] = $"{application.Status}" });

    public Task PublishAsync(Application application, PublicPayment payment, CancellationToken cancel)
    {
        Listed[(payment.Entitlement, payment.PaidAt)] = payment;
        return Task.CompletedTask;
    }

    public Task RetractAsync(Application application, string entitlement, DateTimeOffset paidAt, CancellationToken cancel)
    {
        Listed.Remove((entitlement, paidAt));
        return Task.CompletedTask;
    }

    public async Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        await OnMail(mail);
        if (MailFailure is { } failure)
            throw failure;
        Sent.Add(mail);
        return $"msg-{Sent.Count}";
    }

    public Task<IReadOnlyList<NumberedPermit>> NumberAsync(
        string applicationId, string step, int year, IReadOnlyList<CertificateOrder> certificates, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<NumberedPermit>>([.. certificates.Select(order => new NumberedPermit(order.Kind, $"{order.Prefix}-{year}-1"))]);

    public Task DiscardAsync(string applicationId, CancellationToken cancel) => Task.CompletedTask;
}
