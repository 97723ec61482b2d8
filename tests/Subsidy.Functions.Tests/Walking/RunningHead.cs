using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Functions.Applications;
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

    private RunningHead(Store store)
    {
        Store = store;
        guard.CancelAfter(TimeSpan.FromMinutes(3));
    }

    /// <summary>Ends a test that waits for what never comes; nothing is measured by it.</summary>
    public CancellationToken Guard => guard.Token;

    public Store Store { get; }
    public Engine Engine { get; private set; } = null!;
    public FakeTimeProvider Time => Store.Time;
    public PostBox Post => Store.Get<PostBox>();
    public Instances Instances => Store.Get<Instances>();
    public Patrol Patrol => Store.Get<Patrol>();
    public TownshipShelf Shelf => Store.Get<TownshipShelf>();

    /// <summary>Takes commands, and nudges the engine after each.</summary>
    public Desk Desk => Store.Get<Desk>();

    /// <summary>The same in a process that cannot reach the engine: every nudge is lost.</summary>
    public Desk DeskWithoutNudges => new(
        Store.Get<IStreams>(), Shelf, Shelf, Shelf, new DurableNudges(new Instances(NullLogger<Instances>.Instance), NullLogger<DurableNudges>.Instance), Time);

    /// <summary>What happens around a turn, in place of just taking it.</summary>
    public Func<Func<Task<TurnTaken>>, Task<TurnTaken>> AroundTurn { get; set; } = turn => turn();

    public static async Task<RunningHead> StartAsync(AzuriteFixture azurite)
    {
        var store = await Store.OpenAsync(azurite, add: AddHead);
        var head = new RunningHead(store);
        await head.Shelf.UploadAsync(Path.Combine(Source(), "township"), Path.Combine(Source(), "schemes"), head.Guard);
        await head.Shelf.RefreshAsync(head.Guard);
        head.Engine = await Engine.StartAsync(head.TakeTurnAsync, head.Guard);
        head.Instances.Use(head.Engine.Client);
        return head;
    }

    public async Task<Application> FindAsync(string id) => (await Desk.FindAsync(id, Guard))!.Application;

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

    /// <summary>The clock moves to the application's next deadline, and the patrol finds it.</summary>
    public async Task<Application> PassDeadlineAsync(string id)
    {
        await MoveToDeadlineAsync(id);
        Assert.Contains(id, await Patrol.WalkAsync(TimeSpan.Zero, Guard));
        return await SettledAsync(id);
    }

    public async Task MoveToDeadlineAsync(string id) => Time.SetUtcNow(Timing.NextDeadline(await FindAsync(id))!.Value);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
        guard.Dispose();
    }

    private static void AddHead(IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton<PostBox>();
        services.AddSingleton<IMailer>(provider => provider.GetRequiredService<PostBox>());
        services.AddSingleton<Desk>();
        services.AddSingleton<Turns>();
        services.AddSingleton<Instances>();
        services.AddSingleton<INudges, DurableNudges>();
        services.AddSingleton<Patrol>();
        services.AddSingleton<TakeTurn>();
    }

    private async Task<TurnTaken> TakeTurnAsync(TurnOrder order)
    {
        TurnTaken? taken = null;
        try
        {
            return taken = await AroundTurn(() => Store.Get<TakeTurn>().RunAsync(order, CancellationToken.None));
        }
        finally
        {
            ended.Writer.TryWrite(taken);
        }
    }

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
}
