using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Storage.Tests.Crashes;

/// <summary>The township of the shipped files, all in memory, so that every request on the wire is one of storage; and a post box.</summary>
internal sealed class Office : ISchemes, ITownship, IRegisters, INudges, IMailer
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");

    public Scheme Transport { get; init; } =
        SchemeFile.Read("transport-subsidy.yaml", File.ReadAllBytes(Path.Combine(Source(), "schemes", "transport-subsidy.yaml"))).Scheme!;

    /// <summary>The others would be taken in just as the first.</summary>
    public static Office WithOnePaper()
    {
        var office = new Office();
        return new Office { Transport = office.Transport with { Documents = [office.Transport.Documents[0]] } };
    }

    public TownshipRegister Register { get; set; } = TownshipFile
        .Read("township.yaml", File.ReadAllBytes(Path.Combine(Source(), "township", "township.yaml")), number => new PersonKey(number), Today).Register!;

    public WorkingCalendar Calendar { get; } = WorkingCalendar.From([]);

    public IReadOnlyList<Scheme> Current => [Transport];

    /// <summary>Ids of the duties whose mail went out, as often as it did.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => new(Transport);

    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
        IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(registers.ToDictionary(name => name, _ => true));

    public Task NudgeAsync(Application application, bool begins, CancellationToken cancel) => Task.CompletedTask;

    public Task<string?> SendAsync(Application application, SendMail mail, CancellationToken cancel)
    {
        Sent.Enqueue(mail.Id);
        return Task.FromResult<string?>("taken");
    }
}
