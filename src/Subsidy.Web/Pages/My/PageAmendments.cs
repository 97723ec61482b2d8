using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Web.Http;
using Subsidy.Web.Intake;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Pages.My;

/// <summary>Takes an amendment from a page: what is faulty comes back, and good papers stay with the application.</summary>
internal sealed class PageAmendments(Desk desk, PaperIntake papers, Amendments amendments)
{
    /// <param name="document">Form and comment as the HTTP contract has them.</param>
    public async Task<Problem?> TakeAsync(
        string id, Scheme scheme, JsonObject document, IReadOnlyList<(string Kind, IFormFile File)> files, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, cancel) is not { } head)
            return Failures.Of(StatusCodes.Status404NotFound);
        var taken = new List<AddPaper>();
        var faults = new List<Fault>();
        foreach (var (kind, file) in files)
        {
            if (scheme.Documents.FirstOrDefault(one => one.Kind == kind) is not { } rule)
                continue;
            await using var content = file.OpenReadStream();
            await papers.TakeAsync(id, rule, file.FileName, content, taken, faults, cancel);
        }

        var outcome = await amendments.TakeAsync(head, scheme, JsonSerializer.SerializeToElement(document), new ArrivedPapers(taken, faults), cancel);
        if (outcome.Problem is { Errors.Count: > 0 })
        {
            foreach (var paper in taken)
                await desk.HandleAsync(id, paper, null, cancel);
        }
        return outcome.Problem;
    }
}
