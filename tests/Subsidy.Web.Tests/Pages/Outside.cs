using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Tests.Pages;

/// <summary>Everything that duties reach, where it always works: no claim is ever held by another, every mail is taken.</summary>
internal sealed class Outside : IClaims, IIndexes, IMailer, IPermitNumbers, IPapers, INudges
{
    /// <summary>Applications that have something to do, for <see cref="SampleSite.TakeTurnsAsync"/>.</summary>
    public HashSet<string> Nudged { get; } = [];

    public List<(Application Application, SendMail Mail)> Sent { get; } = [];

    public Task<ClaimConflict?> TakeAsync(string applicationId, IReadOnlyList<Claim> claims, DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult<ClaimConflict?>(null);

    public Task ReleaseAsync(string applicationId, IReadOnlyList<Claim> claims, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyDictionary<string, string>> UpdateAsync(Application application, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        Sent.Add((application, mail));
        return Task.FromResult<string?>("taken");
    }

    public Task<IReadOnlyList<NumberedPermit>> NumberAsync(
        string applicationId, string step, int year, IReadOnlyList<CertificateOrder> certificates, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<NumberedPermit>>(
            [.. certificates.Select((certificate, index) => new NumberedPermit(certificate.Kind, $"{certificate.Prefix}-{year}-{index + 1:D4}"))]);

    public Task DiscardAsync(string applicationId, CancellationToken cancel) => Task.CompletedTask;

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel)
    {
        Nudged.Add(application.Id);
        return Task.CompletedTask;
    }
}
