using Microsoft.AspNetCore.Routing.Matching;

namespace Subsidy.Web.Http;

/// <summary>
/// Marks an endpoint that shares its address with a page and answers only who asks for JSON, or sends it, so that one address serves
/// people and programs (<c>/permits/{number}</c>, <c>/notices</c>, <c>/decisions/{token}</c>).
/// </summary>
internal sealed class AnswersJson
{
    public static readonly AnswersJson Only = new();
}

/// <summary>Takes <see cref="AnswersJson"/> endpoints out of the choice when the request wants a page, and prefers them when it does not.</summary>
internal sealed class AnswersJsonPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // After the framework's choice by method and content type, so that a wrong method is still told as such.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<AnswersJson>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var json = Negotiation.WantsJson(httpContext.Request) || httpContext.Request.HasJsonContentType();
        var others = Enumerable.Range(0, candidates.Count).Any(i => candidates.IsValidCandidate(i) && !IsJson(candidates[i].Endpoint));
        if (!others)
            return Task.CompletedTask;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsJson(candidates[i].Endpoint) != json)
                candidates.SetValidity(i, false);
        }
        return Task.CompletedTask;
    }

    private static bool IsJson(Endpoint endpoint) => endpoint.Metadata.GetMetadata<AnswersJson>() is not null;
}
