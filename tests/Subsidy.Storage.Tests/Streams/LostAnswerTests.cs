using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

/// <summary>The server has done what it was asked, its answer got lost, and the client's own retry is refused: that is a success.</summary>
public sealed class LostAnswerTests(AzuriteFixture azurite)
{
    private const string Id = "k7qm3wxtpb9c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_append_whose_answer_got_lost_has_happened_once()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var streams = store.Get<IStreams>();
        var first = await TableStreamsTests.CreateAsync(store);

        LoseAnswerTo(store, 1);
        var head = await streams.AppendAsync(
            first, Evolver.Evolve(Id, first.Application, Samples.Withdrawal(2)), [Samples.Withdrawal(2)], Samples.At.AddDays(1), Cancel);

        Assert.Equal(2, head!.Application.Version);
        Assert.True(store.Wire.Sent > 1);
        var third = await streams.AppendAsync(
            head, Evolver.Evolve(Id, head.Application, Samples.Withdrawal(3)), [Samples.Withdrawal(3)], null, Cancel);
        Assert.NotNull(third);
        Assert.Equal(3, (await streams.ReadAsync(Id, Cancel).ToListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_creation_whose_answer_got_lost_has_happened_once()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        LoseAnswerTo(store, 1);
        var head = await TableStreamsTests.CreateAsync(store);
        Assert.Equal(1, head.Application.Version);
        Assert.Single(await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_lease_whose_answer_got_lost_is_held()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var streams = store.Get<IStreams>();
        var first = await TableStreamsTests.CreateAsync(store, Samples.At);
        LoseAnswerTo(store, 1);
        var leased = await streams.LeaseAsync(first, Samples.At, Samples.At.AddMinutes(2), Cancel);
        Assert.NotNull(leased);
        Assert.NotNull(await streams.PostponeAsync(leased, null, Cancel));
    }

    [Fact]
    public async Task A_due_row_moved_by_a_request_whose_answer_got_lost_is_moved()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var first = await TableStreamsTests.CreateAsync(store, Samples.At);
        LoseAnswerTo(store, 1);
        var moved = await store.Get<IStreams>().PostponeAsync(first, Samples.At.AddDays(1), Cancel);
        Assert.Equal(Samples.At.AddDays(1), moved!.Due);
    }

    [Fact]
    public async Task The_success_of_another_writer_is_not_taken_for_ones_own()
    {
        await using var store = await Store.OpenAsync(azurite, retries: 3);
        var streams = store.Get<IStreams>();
        var first = await TableStreamsTests.CreateAsync(store);
        var after = Evolver.Evolve(Id, first.Application, Samples.Withdrawal(2));
        Assert.NotNull(await streams.AppendAsync(first, after, [Samples.Withdrawal(2)], null, Cancel));

        // The very same event, by another writer: nothing but the random part of its sealing differs.
        Assert.Null(await streams.AppendAsync(first, after, [Samples.Withdrawal(2)], null, Cancel));
        Assert.Null(await streams.LeaseAsync(first, Samples.At, Samples.At.AddMinutes(2), Cancel));
    }

    private static void LoseAnswerTo(Store store, int request)
    {
        store.Wire.Restart();
        store.Wire.Breaks = (number, _) => number == request ? Fault.AfterServer : Fault.None;
    }
}
