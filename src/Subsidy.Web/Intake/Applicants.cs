using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.Keys;

namespace Subsidy.Web.Intake;

/// <summary>Finds an application for whoever shows its access key.</summary>
public sealed class Applicants(Desk desk, AccessKeys keys)
{
    /// <summary>
    /// Null for an unknown id and for a wrong key alike. The key is compared before anything is read, so that not even the time that
    /// it takes tells whether there is such an application.
    /// </summary>
    /// <param name="typed">Id or reference, as a person wrote it.</param>
    public async Task<Head?> OpenAsync(string? typed, string? accessKey, CancellationToken cancel) =>
        Reference.ToId(typed) is { } id && keys.Fits(id, accessKey) ? await desk.FindAsync(id, cancel) : null;
}
