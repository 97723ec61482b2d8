using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Apply;

/// <summary>What the form hands in: the same document, judged by the same rules, as <c>POST /api/applications</c>.</summary>
public interface ISubmissions
{
    /// <summary>Submits; papers of an earlier attempt with the same key count as well.</summary>
    Task<SubmissionAnswer> SubmitAsync(Submission submission, CancellationToken cancel);

    /// <summary>Keeps the papers of a faulty attempt with the key's draft.</summary>
    /// <returns>Faults of the papers themselves.</returns>
    Task<IReadOnlyList<Fault>> KeepAsync(Submission submission, CancellationToken cancel);

    /// <summary>What lies with the key's draft.</summary>
    Task<IReadOnlyList<KeptPaper>> KeptAsync(string key, CancellationToken cancel);
}

/// <param name="Key">Idempotency key.</param>
/// <param name="Document">The <c>application</c> part of the HTTP contract.</param>
/// <param name="Papers">Each by its document kind.</param>
public sealed record Submission(string Key, string Scheme, JsonObject Document, IReadOnlyList<(string Kind, IFormFile File)> Papers);

/// <param name="Application">Null when refused.</param>
/// <param name="Duplicate">Reference of the earlier application that this one repeats, or null.</param>
public sealed record SubmissionAnswer(Application? Application, IReadOnlyList<Fault> Faults, string? Duplicate = null);
