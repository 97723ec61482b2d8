using Microsoft.AspNetCore.Mvc;

namespace Subsidy.Web.Http;

/// <summary>What OpenAPI says of an endpoint's answers.</summary>
internal static class AnswerDescriptions
{
    private static readonly Dictionary<int, string> Problems = new()
    {
        [400] = "The request is malformed, or a required header is missing.",
        [401] = "Nobody is signed in.",
        [403] = "This is not allowed to whoever asks; the detail says why.",
        [404] = "There is no such thing, or the key does not open it: the two are not told apart.",
        [409] = "It was done before, or the case has moved on; the detail says by whom, when and what.",
        [410] = "The link or the time for this has ended.",
        [413] = "Larger than may be.",
        [415] = "The content type is not taken here.",
        [422] = "Faulty. `errors` names every fault at once, by JSON pointer.",
        [429] = "Too many requests; `Retry-After` says when to come again.",
        [503] = "Changed by others at the same moment; `Retry-After` says when to come again.",
    };

    public static TBuilder Answers<TBuilder>(this TBuilder builder, int status, Type type, string description, string contentType = "application/json")
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProducesResponseTypeAttribute(type, status, contentType) { Description = description });

    /// <summary>Errors as problem+json. 429 and 503 are everyone's.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ReadOnlySpan<int> statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in (ReadOnlySpan<int>)[.. statuses, 429, 503])
            builder.Answers(status, typeof(ProblemBody), Problems[status], "application/problem+json");
        return builder;
    }
}
