using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Storage.Clock;
using Subsidy.Web.Clock;

namespace Subsidy.Local.Tests.Clock;

public sealed class ClockEndpointTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Follower _follower = new();
    private MovedClock _clock = null!;
    private LoopbackSite _site = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock = new MovedClock(new OffsetInMemory(), new FakeTimeProvider(Start));
        _follower.Clock = _clock;
        _site = await LoopbackSite.StartAsync(
            services => services.AddSingleton(_clock).AddSingleton<IAfterAdvance>(_follower), app => app.MapClock());
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task It_tells_the_time_and_how_far_it_is_ahead()
    {
        var reading = await _site.Client.GetFromJsonAsync<JsonElement>("/clock", Cancellation);

        Assert.Equal(Start, reading.GetProperty("now").GetDateTimeOffset());
        Assert.Equal("PT0S", reading.GetProperty("offset").GetString());
    }

    [Theory]
    [InlineData("P7D", 7 * 24)]
    [InlineData("PT36H", 36)]
    [InlineData("P1DT12H", 36)]
    [InlineData("P10Y", 3650 * 24)]
    public async Task An_advance_is_answered_after_what_fell_due_was_done(string by, int hours)
    {
        var answer = await AdvanceAsync(new { by });

        var reading = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Start.AddHours(hours), reading.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(Start.AddHours(hours), _follower.CaughtUpAt);
    }

    [Theory]
    [InlineData("P0D")]
    [InlineData("-P7D")]
    [InlineData("7 days")]
    [InlineData("P11Y")]
    [InlineData("P99999999999999999999D")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_not_a_duration_of_ten_years_at_most_moves_nothing(string? by)
    {
        var answer = await AdvanceAsync(new { by });

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("/by", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(Start, _clock.GetUtcNow());
        Assert.Null(_follower.CaughtUpAt);
    }

    [Fact]
    public async Task A_century_is_as_far_as_it_goes()
    {
        for (var decade = 0; decade < 10; decade++)
            Assert.Equal(HttpStatusCode.OK, (await AdvanceAsync(new { by = "P10Y" })).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, (await AdvanceAsync(new { by = "P10Y" })).StatusCode);
        Assert.Equal(Start.AddDays(36_500), _clock.GetUtcNow());
    }

    private Task<HttpResponseMessage> AdvanceAsync(object body) => _site.Client.PostAsJsonAsync("/clock/advance", body, Cancellation);

    private sealed class Follower : IAfterAdvance
    {
        public MovedClock? Clock { get; set; }

        public DateTimeOffset? CaughtUpAt { get; private set; }

        public async Task CatchUpAsync(CancellationToken cancellation)
        {
            await Task.Yield();
            CaughtUpAt = Clock!.GetUtcNow();
        }
    }

    private sealed class OffsetInMemory : IClockOffset
    {
        private TimeSpan _offset;

        public Task<TimeSpan> ReadAsync(CancellationToken cancellation) => Task.FromResult(_offset);

        public Task<TimeSpan> AdvanceAsync(TimeSpan by, CancellationToken cancellation) => Task.FromResult(_offset += by);

        public Task BeginAsync(TimeSpan offset, CancellationToken cancellation)
        {
            _offset = offset;
            return Task.CompletedTask;
        }
    }
}
