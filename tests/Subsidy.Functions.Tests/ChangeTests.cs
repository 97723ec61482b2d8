using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Township;
using Subsidy.Functions.Applications;
using Subsidy.Functions.Tests.Replaying;
using Subsidy.Functions.Tests.Walking;
using Subsidy.Storage.Tests;

namespace Subsidy.Functions.Tests;

/// <summary>Code and scheme files change under applications that live for months.</summary>
public sealed class ChangeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_new_build_and_a_new_edition_of_the_scheme_leave_a_running_application_on_its_way()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        var submitted = await worker.SubmitAsync();
        await worker.WalkAsync(until: "villageNotice");

        var file = head.Store.Settings.Container("township").GetBlobClient($"{TownshipFiles.Schemes}transport-subsidy.yaml");
        var edition = (await file.DownloadContentAsync(head.Guard)).Value.Content.ToString();
        edition = edition.Replace("version: 1", "version: 2", StringComparison.Ordinal).Replace("60000", "70000", StringComparison.Ordinal);
        await file.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(edition)), overwrite: true, head.Guard);
        await head.DeployAsync();
        Assert.Equal(2, head.Shelf.Current.First(scheme => scheme.Id == "transport-subsidy").Version);

        var granted = await worker.WalkAsync();
        Assert.Equal(submitted.Scheme, granted.Scheme);
        Assert.Equal(new Money(60000), granted.Entitlement!.Amount);
        await worker.TakenAsync(new Withdraw(null));
        Assert.Equal("Withdrawn", (await head.Engine.EndAsync(worker.Id)).ReadOutputAs<string>());
        await worker.CheckAsync();

        // The year is free again, and who applies now does so under the new edition.
        var next = Cases.Transport(head, "m4qm3wxtpb9c");
        Assert.Equal(new Money(70000), (await next.SubmitAsync()).Amount);
    }

    /// <summary>The file is what the next test attached to its result once. It stays as it is; others may come to stand beside it.</summary>
    [Fact]
    public async Task A_history_that_an_earlier_build_recorded_is_replayed_by_this_one()
    {
        var recorded = await RecordedAsync();

        var (then, now) = Replay.Of<Following>(recorded, ApplicationOrchestration.RunAsync);
        Assert.Contains(recorded.PastEvents, happened => happened.TimerFired is not null);
        Assert.Contains(recorded.PastEvents, happened => happened.TaskFailed is not null);
        Assert.Contains(recorded.PastEvents.Zip(recorded.PastEvents.Skip(3)), some => NudgedInATurn(some.First, some.Second));
        Assert.Equal([.. then, "Completed \"Withdrawn\""], now);
    }

    [Fact]
    public async Task A_history_of_today_can_be_replayed_and_tells_nothing_about_a_person()
    {
        await using var head = await RunningHead.StartAsync(azurite);
        var worker = Cases.Transport(head);
        head.AroundTurn = _ =>
        {
            head.AroundTurn = next => next();
            throw new TurnException("The worker died.");
        };
        await worker.SubmitAsync();
        head.AroundTurn = async turn =>
        {
            head.AroundTurn = next => next();
            await head.Instances.NudgeAsync(await head.FindAsync(worker.Id), head.Guard);
            return await turn();
        };
        await worker.WalkAsync(until: "villageNotice");
        Assert.Equal("townshipReview", (await head.PassDeadlineByTimerAsync(worker.Id)).Step);
        await worker.WalkAsync();
        await worker.TakenAsync(new Withdraw("张三丰改变主意"));
        await head.Engine.EndAsync(worker.Id);

        var history = head.Engine.Recorder.Of(worker.Id);
        var (then, now) = Replay.Of<Following>(history, ApplicationOrchestration.RunAsync);
        Assert.Equal([.. then, "Completed \"Withdrawn\""], now);

        // Inputs and outputs are JSON in JSON.
        var text = Regex.Unescape(Regex.Unescape(history.ToString()));
        foreach (var personal in new[] { "张三丰", "369900197903125017", "13800000000", "zhang@example.org", "东莞", "样例电子厂", "6222020000000000000" })
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);

        // Without the paths of the machine that built it, for the day when another one is to be kept.
        foreach (var failed in history.PastEvents.Where(happened => happened.TaskFailed is not null))
            failed.TaskFailed.FailureDetails.StackTrace = "";
        TestContext.Current.AddAttachment("history.json", new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(history));
    }

    [Fact]
    public async Task A_replay_finds_out_code_that_waits_for_something_else()
    {
        var recorded = await RecordedAsync();
        var (then, now) = Replay.Of<Following>(recorded, async (context, following) =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return await ApplicationOrchestration.RunAsync(context, following);
        });
        Assert.NotEqual([.. then, "Completed \"Withdrawn\""], now);
    }

    /// <summary>The orchestration asked for a turn, went to sleep, woke up, and it was not by the turn.</summary>
    private static bool NudgedInATurn(HistoryEvent asked, HistoryEvent third) => asked.TaskScheduled is not null && third.EventRaised is not null;

    private static async Task<OrchestratorRequest> RecordedAsync() => JsonParser.Default.Parse<OrchestratorRequest>(
        await File.ReadAllTextAsync(Path.Combine(Here(), "Replaying", "transport-subsidy.json"), TestContext.Current.CancellationToken));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
