using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Site;

/// <summary>What else the engine touches: claims that know only who came first, no indexes, numbers from a counter, mails kept.</summary>
internal sealed class Surroundings : IClaims, IIndexes, IPermitNumbers, INudges, IMailTransport
{
    private readonly Dictionary<string, string> _held = [];

    public List<OutgoingMail> Sent { get; } = [];

    public Task<ClaimConflict?> TakeAsync(string applicationId, IReadOnlyList<Claim> claims, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var claim in claims)
        {
            if (_held.TryGetValue(claim.Key, out var earlier) && earlier != applicationId)
                return Task.FromResult<ClaimConflict?>(new ClaimConflict(claim.Limit, earlier));
        }
        foreach (var claim in claims)
            _held[claim.Key] = applicationId;
        return Task.FromResult<ClaimConflict?>(null);
    }

    public Task ReleaseAsync(string applicationId, IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        foreach (var claim in claims.Where(claim => _held.GetValueOrDefault(claim.Key) == applicationId))
            _held.Remove(claim.Key);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task PublishAsync(Application application, PublicPayment payment, CancellationToken cancel) => Task.CompletedTask;

    public Task RetractAsync(Application application, string entitlement, DateTimeOffset paidAt, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<NumberedPermit>> NumberAsync(
        string applicationId, string step, int year, IReadOnlyList<CertificateOrder> certificates, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<NumberedPermit>>([.. certificates.Select(order => new NumberedPermit(order.Kind, $"{order.Prefix}-{year}-1"))]);

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel) => Task.CompletedTask;

    public Task<string?> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        Sent.Add(mail);
        return Task.FromResult<string?>($"message-{Sent.Count}");
    }
}
