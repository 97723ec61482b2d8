using System.Runtime.CompilerServices;
using Subsidy.Core;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Sealing;

namespace Subsidy.Web.Tests.Site;

/// <summary>The sample township and the schemes that ship with the software.</summary>
internal sealed class ShippedTownship(PersonKeys keys) : ITownship, ISchemes, IRegisters, IFundRegister
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly Lock Reading = new();
    private static TownshipEdition? _read;

    // Every test site has the same root secret, so the same people have the same keys.
    private readonly TownshipEdition _edition = Once(keys);

    /// <summary>The clerk's latest edit of the staff register.</summary>
    public Func<TownshipRegister, TownshipRegister> Edited { get; set; } = register => register;

    public TownshipRegister Register => Edited(_edition.Register);

    public WorkingCalendar Calendar => _edition.Calendar;

    public IReadOnlyList<FundSource> Funds => _edition.Funds;

    /// <summary>What the test makes of the schemes.</summary>
    public Func<Scheme, Scheme> Written { get; set; } = scheme => scheme;

    public IReadOnlyList<Scheme> Current => [.. _edition.Schemes.Select(source => Written(source.Scheme))];

    public ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel) => new(Current.First(scheme => scheme.Pin == pin));

    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
        IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(registers.ToDictionary(
            name => name, name => persons.Any(_edition.Registers[name].Contains)));

    private static TownshipEdition Once(PersonKeys keys)
    {
        lock (Reading)
            return _read ??= Read(keys);
    }

    private static TownshipEdition Read(PersonKeys keys)
    {
        var source = Source();
        var files = Directory.EnumerateFiles(Path.Combine(source, "township"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(Path.Combine(source, "township"), path).Replace('\\', '/'), File.ReadAllBytes);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(source, "schemes"), "*.yaml"))
            files[TownshipFiles.Schemes + Path.GetFileName(path)] = File.ReadAllBytes(path);
        var reading = TownshipFiles.Read(files, keys.Of, Today);
        return reading.Edition ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));
    }

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
}
