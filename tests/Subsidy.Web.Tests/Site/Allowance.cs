using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Tests.Site;

/// <summary>
/// The transport subsidy as if it were paid every month: 600 yuan, 500 where a relative answers the telephone, nothing where the note says so.
/// Every two months the village telephones again.
/// </summary>
internal static class Allowance
{
    private static readonly Seat Village = new("villageClerk", Area.Village);

    public static async Task<TestSite> StartAsync()
    {
        var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        site.Get<ShippedTownship>().Written = scheme => scheme.Id is "transport-subsidy" ? Monthly(scheme) : scheme;
        await site.AppropriateAsync(Payday.Fund, 10_000);
        return site;
    }

    /// <summary>The same 600 yuan every month, and nobody telephones again.</summary>
    /// <param name="offset">How many percent of a later month are kept back for what is asked back.</param>
    public static async Task<TestSite> StartPlainAsync(int? offset = null)
    {
        var site = await TestSite.StartAsync(settings => settings.AllowLocalSignIn = true);
        site.Get<ShippedTownship>().Written = scheme => scheme.Id is "transport-subsidy"
            ? scheme with { Amount = scheme.Amount! with { Schedule = Schedule.Monthly, Offset = offset } }
            : scheme;
        await site.AppropriateAsync(Payday.Fund, 10_000);
        return site;
    }

    /// <summary>The next month begins.</summary>
    public static async Task MonthAsync(this TestSite site, Filed filed)
    {
        site.Time.SetUtcNow((await site.ApplicationAsync(filed)).Recurring!.Next);
        await site.TurnAsync(filed.Id);
    }

    private static Scheme Monthly(Scheme scheme) => scheme with
    {
        Amount = new AmountRule(
            Expression.Parse("measured.countyReview.note == 'rich' ? 0 : measured.countyReview.spokeWith == 'worker' ? 60000 : 50000"), Rounding.Down, Schedule.Monthly)
        {
            Recheck = new RecheckRule(
                2, Gate.Village, Village, Term.Parse("10 working days"), new Escalation(Term.Parse("1 working day"), Village, Term.Parse("2 working days")), ["proofOfWork"])
            {
                Measures = "countyReview",
            },
        },
    };
}
