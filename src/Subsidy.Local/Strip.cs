using Subsidy.Core;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;
using Subsidy.Web.Pages.Layout;
using Subsidy.Web.Staff;

namespace Subsidy.Local;

/// <summary>What stands on top of every page of a demonstration: who one is, where mailbox and clock are, and what a newcomer clicks next.</summary>
internal sealed class Strip(ITownship township, TimeProvider clock) : ILocalStrip
{
    private static readonly StripLink Mailbox = new("/mailbox", new("信箱", "Mailbox"));
    private static readonly StripLink Clock = new("/clock/page", new("时钟", "Clock"));
    private static readonly StripLink Bank = new("/bank", new("银行", "Bank"));
    private static readonly StripLink SignIn = new("/sign-in", new("选择身份", "Choose who you are"));
    private static readonly StripLink Work = new("/staff", new("工作台", "Work list"));
    private static readonly StripLink Audit = new("/audit", new("审计", "Audit"));

    public ValueTask<LocalStrip> OfAsync(HttpContext http, CancellationToken cancel)
    {
        var person = CurrentStaff.Of(http.User, township);
        StripLink[] links = person switch
        {
            null => [Mailbox, Clock, Bank, SignIn],
            _ when person.Holds(Roles.Auditor) => [Mailbox, Clock, Bank, SignIn, Work, Audit],
            _ => [Mailbox, Clock, Bank, SignIn, Work],
        };
        return new(new LocalStrip(person?.Name, clock.GetUtcNow(), links, Next(http.Request.Path)));
    }

    /// <summary>The way of the tour: apply, read the reviewer's mail, decide, let the notice pass, look again.</summary>
    private static StripLink? Next(PathString path) => path.Value switch
    {
        "/" => new("/apply/transport-subsidy", new("申请一次交通补贴", "Apply for the transport subsidy")),
        { } apply when apply.EndsWith("/receipt", StringComparison.Ordinal) => new("/mailbox", new("打开村里收到的邮件，点里面的链接", "Open the village's mail and follow its link")),
        { } apply when apply.StartsWith("/apply/", StringComparison.Ordinal) => null,
        { } decision when decision.StartsWith("/decisions/", StringComparison.Ordinal) => new("/notices", new("决定之后，看看公示", "Once you have decided, look at the notices")),
        { } approval when approval.StartsWith("/pay-approvals/", StringComparison.Ordinal) => new("/bank", new("批准之后，让银行付款", "Once it is approved, let the bank pay")),
        { } notice when notice.StartsWith("/notices", StringComparison.Ordinal) => new("/clock/page", new("把时钟拨过公示期", "Move the clock past the notice period")),
        "/clock/page" => new("/mailbox", new("看下一步的邮件", "See the mail of the next step")),
        "/my" => new("/mailbox", new("看谁收到了邮件", "See who has got mail")),
        { } audit when audit.StartsWith("/audit", StringComparison.Ordinal) => null,
        _ => new("/", new("从首页开始", "Start from the home page")),
    };
}
