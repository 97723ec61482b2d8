using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Subsidy.Storage.Tests;

/// <summary>Sits between the clients and the server: counts requests, and can make one of them fail.</summary>
public sealed class Wire : HttpPipelinePolicy
{
    private int sent;

    /// <summary>Method and path with query of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Decides before a request is sent, by its ordinal number from 1.</summary>
    public Func<int, Request, Fault> Breaks { get; set; } = (_, _) => Fault.None;

    public int Sent => sent;

    public void Restart()
    {
        sent = 0;
        Requests.Clear();
        Breaks = (_, _) => Fault.None;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var number = Interlocked.Increment(ref sent);
        Requests.Enqueue($"{message.Request.Method} {message.Request.Uri.PathAndQuery}");
        var fault = Breaks(number, message.Request);
        if (fault is Fault.BeforeServer)
            throw new RequestFailedException(0, "The request was lost on its way.");
        await ProcessNextAsync(message, pipeline);
        if (fault is Fault.AfterServer)
            throw new RequestFailedException(0, "The answer was lost on its way.");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is asynchronous.");
}

public enum Fault
{
    None,
    /// <summary>The server never sees the request.</summary>
    BeforeServer,
    /// <summary>The server does what it is asked, but its answer is lost.</summary>
    AfterServer,
}
