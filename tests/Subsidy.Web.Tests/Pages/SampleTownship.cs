using System.Runtime.CompilerServices;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Web.Tests.Pages;

/// <summary>The township and the schemes that ship with the software, in memory.</summary>
internal sealed class SampleTownship : ITownship, ISchemes, IRegisters
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    public TownshipRegister Register { get; } =
        TownshipFile.Read("township.yaml", File.ReadAllBytes(Path.Combine(Source(), "township", "township.yaml")), KeyOf, Today).Register!;

    public WorkingCalendar Calendar { get; } = WorkingCalendar.From(
        Directory.GetFiles(Path.Combine(Source(), "township", "calendar")).Select(path => CalendarFile.Read(Path.GetFileName(path), File.ReadAllText(path))));

    public IReadOnlyList<Scheme> Current { get; } =
        [.. SchemeDirectory.Read(Path.Combine(Source(), "schemes"), null).Schemes.Select(source => source.Scheme)];

    public static PersonKey KeyOf(string idNumber) => new($"key-of-{idNumber}");

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => ValueTask.FromResult(Current.First(scheme => scheme.Id == pin.Id));

    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
        IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(registers.ToDictionary(name => name, _ => true));

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
}
