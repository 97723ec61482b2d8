using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Streams;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Papers;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Audit;

/// <summary>For auditors: everything can be read, nothing can be changed.</summary>
internal static class AuditEndpoints
{
    public static void MapAuditPages(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").RequireAuthorization(StaffPolicies.Auditor).ExcludeFromDescription();
        audit.MapGet("", SearchAsync);
        audit.MapGet("/{id}", ShowAsync);
        audit.MapGet("/{id}/history.jsonl", Export);
        audit.MapGet("/{id}/papers/{paper}", PaperAsync);
    }

    private static async Task<IResult> SearchAsync(
        HttpContext http, [FromServices] ApplicationSearch search, ISchemes schemes, ITownship township, CancellationToken cancel)
    {
        var filters = new Typed(http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
        var faults = new List<Fault>();
        if (filters["reference"] is { Length: > 0 } typed)
        {
            if (Reference.ToId(typed) is { } id)
                return SeeOther.To($"/audit/{id}");
            faults.Add(new Fault("/reference", Texts.NoReference));
        }
        var found = await search.FindAsync(
            new ApplicationQuery(
                Text("scheme"),
                Enum.TryParse<Status>(filters["status"], out var status) ? status : null,
                Text("village"),
                Date("from") is { } from ? ChinaTime.StartOf(from) : null,
                Date("to") is { } to ? ChinaTime.EndOf(to) : null,
                Text("after")),
            cancel);
        var next = found.Next is { } last
            ? QueryString.Create([.. filters.Names.Where(name => name != "after").Select(name => KeyValuePair.Create(name, (string?)filters[name])), new("after", last)])
            : default;
        return Page.Show<AuditSearchPage>(
            new AuditSearchModel(filters, schemes.Current, township.Register, found.Rows, next.HasValue ? $"/audit{next}" : null, faults));

        string? Text(string name) => filters[name] is { Length: > 0 } text ? text : null;
        DateOnly? Date(string name) => DateOnly.TryParseExact(filters[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    private static async Task<IResult> ShowAsync(
        string id, IStreams streams, ISchemes schemes, ITownship township, [FromServices] Histories histories, CancellationToken cancel)
    {
        if (Reference.ToId(id) is not { } application || await CaseFile.ReadAsync(application, streams, schemes, cancel) is not { } file)
            return Failures.Of(StatusCodes.Status404NotFound);
        var stored = await streams.ReadAsync(application, cancel).ToListAsync(cancel);
        var verdict = await histories.VerifyAsync(application, cancel);
        return Page.Show<AuditCasePage>(new AuditCaseModel(file, stored, verdict!, township.Register));
    }

    private static IResult Export(string id, [FromServices] Histories histories, CancellationToken cancel) => Reference.ToId(id) is { } application
        ? new HistoryFile(Reference.Of(application), histories.ExportAsync(application, cancel))
        : Failures.Of(StatusCodes.Status404NotFound);

    private static async Task<IResult> PaperAsync(
        string id, string paper, IStreams streams, ISchemes schemes, IPaperStore store, CancellationToken cancel) =>
        Reference.ToId(id) is { } application
        && await CaseFile.ReadAsync(application, streams, schemes, cancel) is { } file
        && file.Papers.FirstOrDefault(one => one.Paper.Id == paper) is { } found
            ? new PaperDownload(store, application, found)
            : Failures.Of(StatusCodes.Status404NotFound);
}
