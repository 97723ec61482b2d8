using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;

namespace Subsidy.Functions.Tests.Replaying;

/// <summary>Stands between the engine and its worker and keeps the histories that the worker is sent.</summary>
public sealed class HistoryRecorder : Interceptor
{
    private readonly ConcurrentDictionary<string, OrchestratorRequest> latest = new();

    /// <summary>The history of an instance as it was sent last: with the last one, all that came before.</summary>
    public OrchestratorRequest Of(string instance) => latest[instance];

    public void ListenIn(IServiceCollection services) => services.PostConfigureAll<GrpcDurableTaskWorkerOptions>(options =>
    {
        options.CallInvoker = options.Channel!.Intercept(this);
        options.Channel = null;
    });

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncServerStreamingCall<TResponse>(
            new Listener<TResponse>(call.ResponseStream, Keep), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private void Keep(object? message)
    {
        if (message is WorkItem { OrchestratorRequest: { } request })
            latest[request.InstanceId] = request;
    }

    private sealed class Listener<T>(IAsyncStreamReader<T> stream, Action<object?> keep) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await stream.MoveNext(cancellationToken))
                return false;
            keep(stream.Current);
            return true;
        }
    }
}
