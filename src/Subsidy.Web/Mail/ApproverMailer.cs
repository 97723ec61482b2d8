using Microsoft.Extensions.Options;
using Subsidy.Core;
using Subsidy.Core.Engine;
using Subsidy.Core.Payments;
using Subsidy.Web.Links;

namespace Subsidy.Web.Mail;

/// <summary>Writes the mail that asks an approver for a pay run, with a link of their own, and gives it to the transport.</summary>
internal sealed class ApproverMailer(
    IMailTransport transport, ITownship township, IFundRegister funds, ApprovalLinks links, IOptions<WebSettings> settings, TimeProvider time) : IApproverMailer
{
    public Task<string?> AskAsync(PayRun run, ApprovalMail mail, CancellationToken cancel)
    {
        var person = township.Register.Find(mail.Staff) ?? throw new MailException(MailFaults.NoRecipient);
        var token = links.Make(new ApprovalLink(run.Id, run.Prepared!.Digest, mail.Staff, time.GetUtcNow() + DecisionLinks.Life));
        var fund = funds.Funds.FirstOrDefault(one => one.Id == run.Id.Fund.Code)?.Title ?? new Text(run.Id.Fund.Code, run.Id.Fund.Code);
        return transport.SendAsync(
            ApprovalLetter.Of(run, fund, mail.Reminder).ToStaff(person.Email, $"{settings.Value.PublicBaseUrl}/pay-approvals/{token}", mail.Id), cancel);
    }
}
