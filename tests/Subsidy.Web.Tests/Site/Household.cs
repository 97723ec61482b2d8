using System.Text.Json.Nodes;
using Subsidy.Core.Funds;

namespace Subsidy.Web.Tests.Site;

/// <summary>A father and a son who were paid under two schemes, each as applicant of one and as member of the other's household.</summary>
internal static class Household
{
    public static readonly FundKey Relief = new("relief", 2026);

    public const string Father = Calls.Monitored;
    public static readonly string Son = Calls.IdNumber(1);

    /// <summary>600 yuan for the son's journey to work.</summary>
    public static Task<Filed> JourneyAsync(this TestSite site) => site.PaidAsync();

    /// <summary>1,570 yuan of relief for the father.</summary>
    public static async Task<Filed> FireAsync(this TestSite site)
    {
        await site.AppropriateAsync(Relief, 10_000);
        var application = Calls.Emergency();
        application["village"] = "xishan";
        application["applicant"]!["name"] = "赵守家";
        application["applicant"]!["idNumber"] = Father;
        application["payee"]!["name"] = "赵守家";
        application["payee"]!["account"] = "6222020200112233453";
        application["household"] = new JsonArray(new JsonObject { ["name"] = "赵外出", ["idNumber"] = Son, ["relation"] = "儿子" });
        var filed = await site.ApprovedAsync(application, new string('f', 32), papers: []);
        await site.TurnAsync(filed.Id);
        await site.OrderAsync(Relief, Payday.EntitlementOf(filed));
        await site.AnswerAsync(Relief, Payday.EntitlementOf(filed), null);
        return filed;
    }
}
