using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Subsidy.Benchmarks;

/// <summary>Counts requests to storage on their way.</summary>
internal sealed class RequestMeter : HttpPipelinePolicy
{
    private int sent;
    private int lost;

    public int Sent => Volatile.Read(ref sent);

    /// <summary>Those that were refused because somebody else was faster (409, 412).</summary>
    public int Lost => Volatile.Read(ref lost);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref sent);
        await ProcessNextAsync(message, pipeline);
        // A transaction is answered 202 as a whole; what became of it stands in its parts.
        if (message.Response.Status is 409 or 412 || (message.Response.Status is 202 && IsRefused(message.Response)))
            Interlocked.Increment(ref lost);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is asynchronous.");

    private static bool IsRefused(Response response) =>
        response.ContentStream is MemoryStream && response.Content.ToString() is var text
        && (text.Contains("HTTP/1.1 412", StringComparison.Ordinal) || text.Contains("HTTP/1.1 409", StringComparison.Ordinal));
}
