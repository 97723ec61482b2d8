using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

public sealed class AlarmLogTests(AzuriteFixture azurite) : IDisposable
{
    private const string Id = "k7qm3wxtpb9c";

    private readonly CapturedAlarms log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData("applicant", "applicant")]
    [InlineData("li-dasheng", "staff")]
    public async Task A_mail_that_is_stuck_and_one_that_came_back_are_logged_without_a_name(string recipient, string told)
    {
        await AppendAsync(new MailBounced($"{Id}-4-mail-{recipient}", "bounce"));
        await AppendAsync(new DutiesSettled([], [Delayed($"{Id}-5-mail-{recipient}", stuck: true), Delayed($"{Id}-6-mail-{recipient}", stuck: false)], null));

        Assert.Equal([$"MailBounced Id={Id} Duty={Id}-4-mail-{told}", $"DutyStuck Id={Id} Duty={Id}-5-mail-{told}"], log.Lines);
        Assert.All(["bounced-mail", "stuck-mail"], alert => Assert.Contains(log.Names, name => CapturedAlarms.IsLookedFor(alert, name, "Id", "Duty")));
    }

    [Fact]
    public void A_step_that_nobody_can_decide_is_logged_once_each_time_that_becomes_so()
    {
        using var factory = new LoggerFactory([log]);
        var alarms = new AlarmLog(new Logger<AlarmLog>(factory));
        var blocked = With(Question(7, "chen"), Question(9));
        alarms.Appended(With(Question(7, "chen"), Question(9, "li")), blocked, []);
        alarms.Appended(blocked, blocked, []);
        alarms.Appended(null, With(Question(9, "li")), []);
        alarms.Appended(blocked, With(Question(12)), []);

        Assert.Equal([$"ApplicationBlocked Id={Id} Step=check", $"ApplicationBlocked Id={Id} Step=check"], log.Lines);
        Assert.All(log.Names, name => Assert.True(CapturedAlarms.IsLookedFor("blocked-application", name, "Id", "Step")));
    }

    [Fact]
    public async Task What_was_not_appended_is_not_logged()
    {
        await using var store = await OpenAsync();
        var first = await TableStreamsTests.CreateAsync(store, id: Id);
        var bounced = new Recorded(2, Samples.At, Actor.Engine, new MailBounced($"{Id}-1-mail-applicant", "bounce"));
        await store.Get<IStreams>().AppendAsync(first, Evolver.Evolve(Id, first.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], null, Cancel);

        Assert.Null(await store.Get<IStreams>().AppendAsync(first, Evolver.Evolve(Id, first.Application, bounced), [bounced], null, Cancel));
        Assert.Empty(log.Lines);
    }

    private async Task AppendAsync(Event happened)
    {
        await using var store = await OpenAsync();
        var first = await TableStreamsTests.CreateAsync(store, id: Id);
        var recorded = new Recorded(2, Samples.At, Actor.Engine, happened);
        Assert.NotNull(await store.Get<IStreams>().AppendAsync(first, Evolver.Evolve(Id, first.Application, recorded), [recorded], null, Cancel));
    }

    private Task<Store> OpenAsync() => Store.OpenAsync(azurite, add: services => services.AddSingleton<ILoggerProvider>(log));

    private static DutyDelayed Delayed(string duty, bool stuck) => new(duty, "timeout", 6, Samples.At, stuck);

    private static Application With(params Assignment[] assignments) => Samples.Fold(Id, Samples.Submission()) with { Assignments = assignments };

    private static Assignment Question(int number, params string[] staff) => new(
        "check", AssignmentKind.Step, "check", 1, number, null, Samples.At,
        [new AssignedSeat(new Seat("villageClerk", Area.Village), [.. staff.Select(id => new Candidate(id, number))], null)], 1,
        Samples.At, false, Samples.At, false, Samples.At);
}
