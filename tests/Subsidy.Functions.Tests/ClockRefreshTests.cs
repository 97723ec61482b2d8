using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Subsidy.Functions.Clock;
using Subsidy.Storage.Clock;

namespace Subsidy.Functions.Tests;

public sealed class ClockRefreshTests
{
    [Fact]
    public async Task What_another_process_moved_the_clock_to_holds_before_the_function_runs()
    {
        var stored = new SharedOffset();
        var (here, there) = (new MovedClock(stored, TimeProvider.System), new MovedClock(stored, TimeProvider.System));
        await there.AdvanceAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        var seen = TimeSpan.Zero;

        await new ClockRefresh(here).Invoke(new Context("httpTrigger"), _ =>
        {
            seen = here.Offset;
            return Task.CompletedTask;
        });

        Assert.Equal(TimeSpan.FromDays(7), seen);
    }

    [Theory]
    [InlineData("httpTrigger", true)]
    [InlineData("activityTrigger", true)]
    [InlineData("timerTrigger", true)]
    [InlineData("orchestrationTrigger", false)]
    public void An_orchestrator_is_left_alone(string trigger, bool refreshed) => Assert.Equal(refreshed, ClockRefresh.IsFor(new Context(trigger)));

    private sealed class SharedOffset : IClockOffset
    {
        private TimeSpan offset;

        public Task<TimeSpan> ReadAsync(CancellationToken cancellation) => Task.FromResult(offset);

        public Task<TimeSpan> AdvanceAsync(TimeSpan by, CancellationToken cancellation) => Task.FromResult(offset += by);

        public Task BeginAsync(TimeSpan offset, CancellationToken cancellation) => throw new NotSupportedException();
    }

    /// <summary>An invocation of a function with one trigger.</summary>
    private sealed class Context(string trigger) : FunctionContext
    {
        public override string InvocationId => "1";

        public override string FunctionId => "1";

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override IServiceProvider InstanceServices { get; set; } = null!;

        public override FunctionDefinition FunctionDefinition { get; } = new Definition(trigger);

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override IInvocationFeatures Features => throw new NotSupportedException();
    }

    private sealed class Definition(string trigger) : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters => [];

        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "1";

        public override string Name => "Function";

        public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
            ImmutableDictionary<string, BindingMetadata>.Empty.Add("input", new Binding(trigger));

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    private sealed class Binding(string type) : BindingMetadata
    {
        public override string Name => "input";

        public override string Type => type;

        public override BindingDirection Direction => BindingDirection.In;
    }
}
