using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Web.Pages.Decisions;

/// <summary>Casts a vote and stores its photographs, as the JSON answer of the same address does.</summary>
public interface IDecisionCasting
{
    Task<DeskAnswer> CastAsync(string applicationId, CastVote vote, IReadOnlyList<IFormFile> photos, CancellationToken cancel);
}
