using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.People;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Exports;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>
/// What a household was paid in a year. The ID number comes by POST and stays there: no address, no cookie and no log ever has it. Every
/// answer is a look-up of its own and on record, the tables to take away too.
/// </summary>
internal static class StatementEndpoints
{
    private const string Address = "/finance/statements";

    public static void MapStatements(this IEndpointRouteBuilder routes)
    {
        // Nobody tries number after number here: as slow as where a secret could be guessed.
        var statements = routes.MapGroup("").RequireAuthorization(StaffPolicies.Statements).RequireRateLimiting(RateLimits.Keyed).ExcludeFromDescription();
        statements.MapGet(Address, (TimeProvider time) => Page.Show<StatementAskPage>(new FormState(ThisYear(time), [])));
        statements.MapPost(Address, ShowAsync).WithFormGuard();
        statements.MapPost(Address + SheetRoute.Ending, DownloadAsync).WithFormGuard();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, StatementDesk desk, StatementTicket tickets, PersonKeys keys, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var staff = CurrentStaff.Of(http.User, township)!;
        var (asked, again) = Read(Typed.From(await http.Request.ReadFormAsync(cancel)), staff.Id, tickets, keys, time);
        if (asked is not { } found)
            return again!;
        var drawn = await desk.DrawAsync(found.Sought.Person, found.Year, staff.Id, cancel);
        return drawn.Answer is { } schemes
            ? Page.Show<HouseholdStatementPage>(new HouseholdStatement(
                found.Sought.Number, found.Year, Today(time).Year, schemes, staff.Name, time.GetUtcNow(), tickets.For(found.Sought, staff.Id)))
            : drawn.Problem!;
    }

    private static async Task<IResult> DownloadAsync(
        string format, HttpContext http, StatementDesk desk, StatementTicket tickets, PersonKeys keys, ITownship township, TimeProvider time, CancellationToken cancel)
    {
        var staff = CurrentStaff.Of(http.User, township)!;
        var (asked, again) = Read(Typed.From(await http.Request.ReadFormAsync(cancel)), staff.Id, tickets, keys, time);
        if (asked is not { } found)
            return again!;
        var drawn = await desk.DrawAsync(found.Sought.Person, found.Year, staff.Id, cancel);
        return drawn.Answer is { } schemes ? StatementSheet.Of(found.Year, schemes).As(format) : drawn.Problem!;
    }

    /// <summary>Whom and which year, or the form once more with everything that is wrong.</summary>
    private static ((Sought Sought, int Year)? Asked, IResult? Again) Read(Typed typed, string staff, StatementTicket tickets, PersonKeys keys, TimeProvider time)
    {
        var today = Today(time);
        var faults = new List<Fault>();
        Sought? sought = null;
        if (typed["ticket"] is { Length: > 0 } ticket)
        {
            sought = tickets.Open(ticket, staff);
            if (sought is null)
                faults.Add(new Fault("", Gone));
        }
        else if (IdNumber.TryParse(typed["/idNumber"], today, out var number, out var wrong))
        {
            sought = new Sought(keys.Of(number.Value), number.Masked);
        }
        else
        {
            faults.Add(new Fault("/idNumber", wrong));
        }
        if (YearOf(typed["/year"], today) is not { } year)
        {
            year = 0;
            faults.Add(new Fault("/year", NoYear));
        }
        return sought is not null && faults.Count == 0
            ? ((sought, year), null)
            : (null, Page.Show<StatementAskPage>(new FormState(typed, faults), StatusCodes.Status422UnprocessableEntity));
    }

    private static int? YearOf(string typed, DateOnly today)
    {
        var text = typed.Any(char.IsSurrogate) ? "" : typed.Normalize(NormalizationForm.FormKC).Trim();
        return text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0 && year <= today.Year ? year : null;
    }

    private static DateOnly Today(TimeProvider time) => ChinaTime.DateOf(time.GetUtcNow());

    private static Typed ThisYear(TimeProvider time) => new(new Dictionary<string, StringValues>(StringComparer.Ordinal)
    {
        ["/year"] = Today(time).Year.ToString(CultureInfo.InvariantCulture),
    });

    private static readonly Text NoYear = new("请填写四位数的年份，不晚于今年。", "Enter the year with four digits, and none that is still to come.");

    private static readonly Text Gone = new(
        "这份清单打开太久了，请重新填写号码查询。", "The statement was open for too long; please enter the number again.");
}
