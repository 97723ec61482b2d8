using System.Net;
using System.Net.Sockets;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Tests;

/// <summary>A durable engine in this process that runs the orchestration, with turns that a test supplies.</summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly DurableTaskTestHost host;

    private readonly CancellationToken guard;

    private Engine(DurableTaskTestHost host, CancellationToken guard) => (this.host, this.guard) = (host, guard);

    public DurableTaskClient Client => host.Client;

    public static async Task<Engine> StartAsync(Func<TurnOrder, Task<TurnTaken>> turn, CancellationToken guard)
    {
        // The engine's own server logs every call otherwise.
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        return new Engine(await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc<Following, string>(
                    ApplicationOrchestration.Name, (context, following) => ApplicationOrchestration.RunAsync(context, following));
                tasks.AddActivityFunc<TurnOrder, TurnTaken>(TakeTurn.Name, (_, order) => turn(order));
            },
            new DurableTaskTestHostOptions { Port = FreePort() },
            guard), guard);
    }

    /// <summary>The instance once it has ended, with what went in and came out.</summary>
    public Task<OrchestrationMetadata> EndAsync(string instance) =>
        Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, guard);

    public Task<OrchestrationMetadata?> FindAsync(string instance) =>
        Client.GetInstanceAsync(instance, getInputsAndOutputs: true, guard);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
