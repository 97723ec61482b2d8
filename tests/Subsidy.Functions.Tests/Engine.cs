using System.Net;
using System.Net.Sockets;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Tests.Replaying;

namespace Subsidy.Functions.Tests;

/// <summary>A durable engine in this process that runs the orchestration, with turns that a test supplies.</summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly int port = FreePort();
    private readonly Func<TurnOrder, Task<TurnTaken>> turn;
    private readonly CancellationToken guard;
    private DurableTaskTestHost host = null!;
    private IHost? deployed;

    private readonly Action<DurableTaskRegistry> others;

    private Engine(Func<TurnOrder, Task<TurnTaken>> turn, Action<DurableTaskRegistry> others, CancellationToken guard) =>
        (this.turn, this.others, this.guard) = (turn, others, guard);

    public DurableTaskClient Client => host.Client;

    /// <summary>What the engine has sent to the worker so far.</summary>
    public HistoryRecorder Recorder { get; } = new();

    /// <param name="guard">Ends a test that waits for what never comes.</param>
    public static Task<Engine> StartAsync(Func<TurnOrder, Task<TurnTaken>> turn, CancellationToken guard) => StartAsync(turn, _ => { }, guard);

    /// <param name="others">Registers what else the worker runs.</param>
    public static async Task<Engine> StartAsync(Func<TurnOrder, Task<TurnTaken>> turn, Action<DurableTaskRegistry> others, CancellationToken guard)
    {
        // The engine's own server logs every call otherwise.
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        var engine = new Engine(turn, others, guard);
        var options = new DurableTaskTestHostOptions { Port = engine.port, ConfigureServices = engine.Recorder.ListenIn };
        engine.host = await DurableTaskTestHost.StartAsync(engine.Register, options, guard);
        return engine;
    }

    /// <summary>The worker is taken down and another one put up, which knows of nothing but what the engine sends it.</summary>
    public async Task DeployAsync()
    {
        foreach (var worker in host.Services.GetServices<IHostedService>())
            await worker.StopAsync(guard);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc($"http://localhost:{port}");
            worker.AddTasks(Register);
        });
        deployed = builder.Build();
        await deployed.StartAsync(guard);
    }

    /// <summary>The instance once it has ended, with what went in and came out.</summary>
    public Task<OrchestrationMetadata> EndAsync(string instance) =>
        Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, guard);

    public async Task<OrchestrationMetadata> FindAsync(string instance) =>
        (await Client.GetInstanceAsync(instance, getInputsAndOutputs: true, guard))!;

    /// <summary>The instance once it has come to that status, which need not be an end.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string instance, OrchestrationRuntimeStatus status)
    {
        while (true)
        {
            var found = await FindAsync(instance);
            if (found.RuntimeStatus == status)
                return found;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (deployed is not null)
        {
            await deployed.StopAsync();
            deployed.Dispose();
        }
        await host.DisposeAsync();
    }

    private void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<Following, string>(
            ApplicationOrchestration.Name, (context, following) => ApplicationOrchestration.RunAsync(context, following));
        tasks.AddActivityFunc<TurnOrder, TurnTaken>(TakeTurn.Name, (_, order) => turn(order));
        others(tasks);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
