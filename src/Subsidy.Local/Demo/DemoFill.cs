using Subsidy.Core.Engine;
using Subsidy.Local.Mailbox;
using Subsidy.Local.Running;
using Subsidy.Storage.Clock;

namespace Subsidy.Local.Demo;

/// <summary>Fills an empty store when <c>--demo</c> asks for it.</summary>
internal sealed class DemoFill
{
    private readonly bool wanted;
    private readonly LocalOptions options;
    private readonly MovedClock clock;

    private DemoFill(bool wanted, LocalOptions options, MovedClock clock) => (this.wanted, this.options, this.clock) = (wanted, options, clock);

    public IServiceProvider? Services { get; set; }

    /// <summary>Sets the clock back before anything happens.</summary>
    /// <exception cref="CannotStartException">The store is not empty.</exception>
    public static async Task<DemoFill> PrepareAsync(LocalOptions options, MovedClock clock, MailboxStore mailbox, CancellationToken cancel)
    {
        if (options.Demo)
        {
            if (mailbox.Messages().Count > 0 || clock.Offset != TimeSpan.Zero)
                throw new CannotStartException($"{options.Data} holds applications already; --demo fills an empty store. Begin anew with --fresh --demo.");
            await clock.BeginAsync(EightyDays.SetBack, cancel);
        }
        return new DemoFill(options.Demo, options, clock);
    }

    public async Task FillAsync(CancellationToken cancel)
    {
        if (!wanted || Services is not { } services)
            return;
        Console.WriteLine("Filling the store with sample applications; this takes a minute or two.");
        using var self = new HttpClient { BaseAddress = new Uri(options.Address) };
        var filled = await ActivatorUtilities.CreateInstance<EightyDays>(services, self, clock, ActivatorUtilities.CreateInstance<DemoPaydays>(services)).RunAsync(cancel);
        Console.WriteLine($"{filled} applications have lived through eighty days.");
    }
}
