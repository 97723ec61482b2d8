using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Pages.My;

/// <summary>What an applicant does with an application that exists: the same as the JSON calls below <c>/api/applications/{id}</c>.</summary>
public interface IApplicantDesk
{
    /// <param name="form">The <c>application</c> document again, or null when only papers come.</param>
    Task<DeskAnswer> AmendAsync(
        string id, JsonObject? form, IReadOnlyList<(string Kind, IFormFile File)> papers, string? comment, CancellationToken cancel);

    /// <summary>The history as the applicant may read it, oldest first, in the reader's language.</summary>
    IReadOnlyList<HistoryLine> History(Application application, IReadOnlyList<Recorded> events);
}
