using System.CommandLine;
using Subsidy.Core;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Streams;

namespace Subsidy.Local;

/// <summary>What can be done instead of serving.</summary>
internal static class Verbs
{
    public static IEnumerable<Command> All => [Check(), Verify()];

    /// <summary><c>check src/schemes</c>: every fault with file, line, what is wrong and what would be right; exit code 1 if there is one.</summary>
    private static Command Check()
    {
        var folder = new Argument<string>("folder") { Description = "A folder of scheme files." };
        var township = new Option<string>("--township")
        {
            Description = "The township's folder, against whose staff and registers the schemes are checked.",
            DefaultValueFactory = _ => LocalHead.Township,
        };
        var command = new Command("check", "Check scheme files, and the township's files with them.") { folder, township };
        command.SetAction(parsed =>
        {
            if (Missing(parsed.GetRequiredValue(folder)) is { } schemes)
                throw new CannotStartException(schemes);
            if (Missing(parsed.GetRequiredValue(township)) is { } files)
                throw new CannotStartException(files);
            var reading = TownshipFiles.Read(
                Files(parsed.GetRequiredValue(township), parsed.GetRequiredValue(folder)), Unkeyed, ChinaTime.DateOf(TimeProvider.System.GetUtcNow()));
            foreach (var fault in reading.Faults)
                parsed.InvocationConfiguration.Error.WriteLine(fault);
            if (reading.Edition is { } sound)
                parsed.InvocationConfiguration.Output.WriteLine($"{sound.Schemes.Count} schemes are sound: {string.Join(", ", sound.Schemes.Select(s => $"{s.Scheme.Id} {s.Scheme.Version}"))}.");
            return reading.Faults.Count > 0 ? 1 : 0;
        });
        return command;
    }

    /// <summary><c>verify history.jsonl --anchor HASH</c>: proves an exported history with nothing but the file.</summary>
    private static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "A history as exported, one event a line." };
        var anchor = new Option<string?>("--anchor") { Description = "The hash that the history must end with; without it, events cut off the end go unnoticed." };
        var command = new Command("verify", "Verify an exported history, offline.") { file, anchor };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new CannotStartException($"There is no file {path}.");
            var verdict = HistoryVerifier.Verify(File.ReadLines(path), parsed.GetValue(anchor));
            foreach (var fault in verdict.Faults)
                parsed.InvocationConfiguration.Error.WriteLine(fault);
            if (verdict.Sound)
                parsed.InvocationConfiguration.Output.WriteLine($"{verdict.Events} events, as they were written. The last hash is {verdict.LastHash}.");
            return verdict.Sound ? 0 : 1;
        });
        return command;
    }

    private static string? Missing(string folder) => Directory.Exists(folder) ? null : $"There is no folder {folder}.";

    /// <summary>The check needs to tell people apart, not to keep them: no key is asked for.</summary>
    private static PersonKey Unkeyed(string idNumber) => new(idNumber);

    private static Dictionary<string, byte[]> Files(string township, string schemes) =>
        Under(township, "").Concat(Under(schemes, TownshipFiles.Schemes)).ToDictionary(file => file.Name, file => File.ReadAllBytes(file.Path));

    private static IEnumerable<(string Name, string Path)> Under(string folder, string prefix) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".csv")
            .Select(path => (prefix + Path.GetRelativePath(folder, path).Replace('\\', '/'), path));
}
