using System.Text;
using Subsidy.Core.Township;

namespace Subsidy.Core.Schemes;

/// <summary>A folder of scheme files, one scheme each, named by its id.</summary>
public static class SchemeDirectory
{
    /// <summary>Every fault of every file of a folder, in the order of the files.</summary>
    /// <param name="directory">Its <c>*.yaml</c> files are read, no others and no folders within.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<SchemeFault> Check(
        string directory, TownshipRegister? register, IEnumerable<string>? registers = null, IReadOnlyCollection<SchemePin>? published = null)
    {
        var files = Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)));
        var reading = Read(files, register, registers, published);
        return reading is { Schemes.Count: 0, Faults.Count: 0 }
            ? [new SchemeFault(directory, 1, 1,
                new("文件夹里没有事项文件。", "There is no scheme file in this folder."),
                new("请放入以 .yaml 结尾的文件。", "Put files here whose names end in .yaml."))]
            : reading.Faults;
    }

    /// <param name="files">Name and content of each.</param>
    /// <param name="register">When given, every role must be held by somebody.</param>
    /// <param name="registers">When given, the lists of people that there are.</param>
    /// <param name="funds">When given, the funds that there are.</param>
    /// <param name="published">Editions that applications may pin already: the same id and version with other content is a fault.</param>
    public static SchemeDirectoryReading Read(
        IEnumerable<(string Name, byte[] Bytes)> files,
        TownshipRegister? register,
        IEnumerable<string>? registers = null,
        IReadOnlyCollection<SchemePin>? published = null,
        IReadOnlyCollection<string>? funds = null)
    {
        var lists = registers?.ToHashSet();
        var schemes = new List<SchemeSource>();
        var faults = new List<SchemeFault>();
        foreach (var (name, bytes) in files)
        {
            var reading = SchemeFile.Read(name, bytes, register);
            faults.AddRange(reading.Faults);
            if (reading.Scheme is not { } scheme)
                continue;
            if (Misplaced(scheme, name, schemes, published ?? []) is { } fault)
                faults.Add(fault);
            else if (lists is not null && scheme.Registers.FirstOrDefault(list => !lists.Contains(list)) is { } missing)
                faults.Add(new SchemeFault(name, 1, 1,
                    new($"没有名册“{missing}”。", $"There is no register '{missing}'."),
                    new("请把名册放在镇文件夹里。", "Put the list into the township's folder.")));
            else if (funds is not null && scheme.Route.OfType<PayStep>().FirstOrDefault(step => !funds.Contains(step.Fund)) is { } unpaid)
                faults.Add(Unfunded(name, bytes, unpaid.Fund, funds));
            else
                schemes.Add(new SchemeSource(scheme, name, bytes));
        }
        foreach (var (scheme, name, bytes) in schemes)
        {
            if (scheme.Excludes.FirstOrDefault(id => schemes.All(other => other.Scheme.Id != id)) is { } unknown)
                faults.Add(new SchemeFault(name, LineOf(bytes, unknown, after: "excludes:"), 1,
                    new($"没有事项“{unknown}”。", $"There is no scheme '{unknown}'."),
                    new($"可用：{string.Join(", ", schemes.Select(other => other.Scheme.Id))}。", $"There are: {string.Join(", ", schemes.Select(other => other.Scheme.Id))}.")));
        }
        return new SchemeDirectoryReading(schemes, faults);
    }

    private static int LineOf(byte[] bytes, string word, string after)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var from = Math.Max(0, Array.FindIndex(lines, line => line.StartsWith(after, StringComparison.Ordinal)));
        return Math.Max(from, Array.FindIndex(lines, from, line => line.Contains(word, StringComparison.Ordinal))) + 1;
    }

    private static SchemeFault Unfunded(string name, byte[] bytes, string fund, IReadOnlyCollection<string> funds)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var line = Array.FindIndex(lines, line => line.Trim().StartsWith($"fund: {fund}", StringComparison.Ordinal)) + 1;
        return new SchemeFault(name, Math.Max(1, line), 1,
            new($"没有资金“{fund}”。", $"There is no fund '{fund}'."),
            funds.Count == 0
                ? new("请在镇文件夹的 funds.yaml 里写明资金。", "Name the funds in the township's funds.yaml.")
                : new($"funds.yaml 里有：{string.Join(", ", funds)}。", $"funds.yaml has: {string.Join(", ", funds)}."));
    }

    private static SchemeFault? Misplaced(Scheme scheme, string name, List<SchemeSource> others, IReadOnlyCollection<SchemePin> published)
    {
        if (others.FirstOrDefault(other => other.Scheme.Id == scheme.Id) is { } twin)
            return Fault(new($"编号“{scheme.Id}”已用在{twin.FileName}。", $"The id '{scheme.Id}' is used in {twin.FileName} already."),
                new("请换一个编号。", "Choose another id."));
        if (name != $"{scheme.Id}.yaml")
            return Fault(new("文件名与编号不符。", "The file is not named by its id."), new($"请命名为{scheme.Id}.yaml。", $"Name it {scheme.Id}.yaml."));
        if (published.Any(pin => pin.Id == scheme.Id && pin.Version == scheme.Version && pin.Hash != scheme.Hash))
            return Fault(new($"第{scheme.Version}版已经公布，内容不同。", $"Version {scheme.Version} is published with other content."),
                new("改了内容就把 version 加一。", "Raise 'version' by one whenever the content changes."));
        return null;

        SchemeFault Fault(Text wrong, Text right) => new(name, 1, 1, wrong, right);
    }
}

/// <param name="Schemes">The sound ones.</param>
/// <param name="Faults">In the order of the files.</param>
public sealed record SchemeDirectoryReading(IReadOnlyList<SchemeSource> Schemes, IReadOnlyList<SchemeFault> Faults);

/// <param name="Bytes">The file as it is, to be published under its hash.</param>
public sealed record SchemeSource(Scheme Scheme, string FileName, byte[] Bytes);
