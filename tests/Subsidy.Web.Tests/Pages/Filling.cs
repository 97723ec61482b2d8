using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What somebody types into the form of the transport subsidy.</summary>
internal static class Filling
{
    public const string Path = "/apply/transport-subsidy";

    public static Dictionary<string, string> Typed() => new()
    {
        ["action"] = "send",
        ["/village"] = "xishan",
        ["/applicant/name"] = "赵外出",
        ["/applicant/idNumber"] = Calls.IdNumber(1),
        ["/applicant/phone"] = "13800138000",
        ["rows:/household"] = "2",
        ["/household/0/name"] = "赵守家",
        ["/household/0/idNumber"] = Calls.Monitored,
        ["/household/0/relation"] = "父亲",
        ["/answers/destination"] = "otherProvince",
        ["/answers/workplace"] = "浙江省宁波市北仑区某工业园",
        ["/answers/employer"] = "某机械厂",
        ["/answers/leftOn"] = "2025-11-20",
        ["/answers/monthsWorked"] = "６", // as a Chinese keyboard writes it
        ["/answers/organisedTransport"] = "false",
        ["/payee/name"] = "赵外出",
        ["/payee/account"] = "6222020200112233446",
        ["/payee/bank"] = "农村商业银行",
    };

    public static (string Name, string File, byte[] Content)[] Papers() =>
        [.. Calls.Papers().Select(paper => ($"/papers/{paper.Kind}", paper.Name, paper.Content))];

    public static Task<Browser> SendAsync(this Browser browser, Dictionary<string, string> typed, params (string Name, string File, byte[] Content)[] papers) =>
        browser.PostAsync(Path, typed.Select(pair => (pair.Key, pair.Value)), papers);

    /// <summary>An application through the page; the browser shows the receipt.</summary>
    public static async Task<Browser> ApplyAsync(TestSite site)
    {
        var browser = await new Browser(site).OpenAsync(Path);
        await browser.SendAsync(Typed(), Papers());
        Assert.True(browser.Address.AbsolutePath.EndsWith("/receipt", StringComparison.Ordinal), browser.Page);
        return browser;
    }
}
