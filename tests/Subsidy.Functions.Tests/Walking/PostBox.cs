using System.Collections.Concurrent;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;

namespace Subsidy.Functions.Tests.Walking;

/// <summary>Takes every mail, and remembers the ids of the duties as often as they came.</summary>
internal sealed class PostBox : IMailer, IApproverMailer
{
    private readonly ConcurrentQueue<string> sent = new();

    public IReadOnlyList<string> Sent => [.. sent];

    public Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        sent.Enqueue(mail.Id);
        return Task.FromResult<string?>("taken");
    }

    public Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel)
    {
        sent.Enqueue(mail.Id);
        return Task.FromResult<string?>("taken");
    }
}
