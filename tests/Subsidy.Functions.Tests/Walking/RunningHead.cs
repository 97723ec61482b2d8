using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Payments;
using Subsidy.Functions.Tests.Payments;
using Subsidy.Storage.Tests;
using Subsidy.Storage.Township;

namespace Subsidy.Functions.Tests.Walking;

/// <summary>
/// The Functions head without its host: core and storage on Azurite, the sample township, a durable engine in this process. The clock
/// stands still until a test moves it; the engine's timers run in real time, so that deadlines arrive by the patrol, as in Development.
/// </summary>
internal sealed class RunningHead : IAsyncDisposable
{
    private readonly Channel<TurnTaken?> ended = Channel.CreateUnbounded<TurnTaken?>();

    private readonly CancellationTokenSource guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly PostBox post = new();
    private ServiceProvider process;

    private RunningHead(Store store)
    {
        Store = store;
        process = HeadProcess.New(Store, post);
        guard.CancelAfter(TimeSpan.FromMinutes(10));
    }

    /// <summary>Ends a test that waits for what never comes; nothing is measured by it.</summary>
    public CancellationToken Guard => guard.Token;

    public Store Store { get; }
    public Engine Engine { get; private set; } = null!;
    public FakeTimeProvider Time => Store.Time;
    public IReadOnlyList<string> Mails => post.Sent;
    public Instances Instances => Get<Instances>();
    public Patrol Patrol => Get<Patrol>();
    public TownshipShelf Shelf => Get<TownshipShelf>();

    /// <summary>Takes commands, and nudges the engine after each.</summary>
    public Desk Desk => Get<Desk>();

    /// <summary>The same in a process that cannot reach the engine: every nudge is lost.</summary>
    public Desk DeskWithoutNudges => new(
        Get<IStreams>(), Shelf, Shelf, Shelf, new DurableNudges(new Instances(NullLogger<Instances>.Instance), NullLogger<DurableNudges>.Instance), Time);

    /// <summary>How many turns have failed, whatever for.</summary>
    public int FailedTurns { get; private set; }

    /// <summary>What happens around a turn, in place of just taking it.</summary>
    public Func<Func<Task<TurnTaken>>, Task<TurnTaken>> AroundTurn { get; set; } = turn => turn();

    /// <summary>What happens around a slice of a pay run, in place of just doing it.</summary>
    public Func<Func<Task>, Task> AroundSlice { get; set; } = slice => slice();

    public static async Task<RunningHead> StartAsync(AzuriteFixture azurite)
    {
        var head = new RunningHead(await Store.OpenAsync(azurite));
        await head.Shelf.UploadAsync(Path.Combine(Source(), "township"), Path.Combine(Source(), "schemes"), head.Guard);
        head.Engine = await Engine.StartAsync(head.TakeTurnAsync, head.RegisterPayRuns, head.Guard);
        await head.BeginAsync();
        return head;
    }

    /// <summary>A new build is deployed: worker and process are others, and remember nothing.</summary>
    public async Task DeployAsync()
    {
        await using var old = process;
        process = HeadProcess.New(Store, post);
        await BeginAsync();
        await Engine.DeployAsync();
    }

    public T Get<T>()
        where T : notnull => process.GetRequiredService<T>();

    /// <summary>How often a test has looked at an application; each time is a request to storage.</summary>
    public int Looks { get; private set; }

    public async Task<Application> FindAsync(string id)
    {
        Looks++;
        return (await Desk.FindAsync(id, Guard))!.Application;
    }

    /// <summary>The application once a turn has left nothing to be done now.</summary>
    public async Task<Application> SettledAsync(string id)
    {
        while (true)
        {
            var application = await FindAsync(id);
            if (application.Duties.Count == 0 && !Timing.Passed(application, Time.GetUtcNow()))
                return application;
            await ended.Reader.ReadAsync(Guard);
        }
    }

    /// <summary>Nudges the orchestration as often, each time when the turn before has ended.</summary>
    public async Task TakeTurnsAsync(string id, int turns)
    {
        while (ended.Reader.TryRead(out _))
        {
        }
        var application = await FindAsync(id);
        for (var turn = 0; turn < turns; turn++)
        {
            await Instances.NudgeAsync(application, Guard);
            await ended.Reader.ReadAsync(Guard);
        }
    }

    /// <summary>The clock moves to the application's next deadline, and the patrol finds it.</summary>
    public async Task<Application> PassDeadlineAsync(string id)
    {
        await MoveToDeadlineAsync(id);
        await Patrol.WalkAsync(TimeSpan.Zero, Guard);
        return await SettledAsync(id);
    }

    /// <summary>The clock comes so near to the next deadline that the orchestration's own timer finds it passed.</summary>
    public async Task<Application> PassDeadlineByTimerAsync(string id)
    {
        var deadline = Timing.NextDeadline(await FindAsync(id))!.Value;
        Time.SetUtcNow(deadline.AddMilliseconds(-50));
        // A turn that is still under way for an earlier nudge may end first: what counts is the one that has brought the clock there.
        var there = new TaskCompletionSource();
        AroundTurn = async turn =>
        {
            AroundTurn = next => next();
            var taken = await turn();
            Time.SetUtcNow(deadline);
            there.SetResult();
            return taken;
        };
        await Instances.NudgeAsync(await FindAsync(id), Guard);
        await there.Task.WaitAsync(Guard);
        return await SettledAsync(id);
    }

    public async Task MoveToDeadlineAsync(string id) => Time.SetUtcNow(Timing.NextDeadline(await FindAsync(id))!.Value);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await process.DisposeAsync();
        await Store.DisposeAsync();
        guard.Dispose();
    }

    private async Task BeginAsync()
    {
        foreach (var hosted in process.GetServices<IHostedService>())
            await hosted.StartAsync(Guard);
        await Shelf.RefreshAsync(Guard);
        Instances.Use(Engine.Client);
    }

    private async Task<TurnTaken> TakeTurnAsync(TurnOrder order)
    {
        TurnTaken? taken = null;
        try
        {
            return taken = await AroundTurn(() => Get<TakeTurn>().RunAsync(order, CancellationToken.None));
        }
        finally
        {
            FailedTurns += taken is null ? 1 : 0;
            ended.Writer.TryWrite(taken);
        }
    }

    private void RegisterPayRuns(DurableTaskRegistry tasks) => tasks.AddPayRuns(
        order => Get<PayRunActivities>().PlanAsync(order, CancellationToken.None),
        slice => AroundSlice(() => Get<PayRunActivities>().DoAsync(slice, Engine.Client, CancellationToken.None)),
        end => Get<PayRunActivities>().FinishAsync(end, CancellationToken.None));

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
}
