using System.CommandLine;

namespace Subsidy.Local;

/// <summary>
/// The command line. Exit codes: 0 when all went well, 1 when the program could not start or had to stop, 2 when the
/// command line was not understood.
/// </summary>
internal static class LocalCommand
{
    private const int NotStarted = 1;
    private const int NotUnderstood = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="arguments">As given to the program.</param>
    /// <param name="output">Told the usage.</param>
    /// <param name="error">Told what is wrong.</param>
    /// <param name="run">Serves until it is stopped; answers the exit code.</param>
    /// <param name="verbs">What can be done instead of serving.</param>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        Func<LocalOptions, CancellationToken, Task<int>> run,
        params IEnumerable<Command> verbs)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; several are separated by semicolons.", DefaultValueFactory = _ => "http://localhost:7071" };
        urls.Validators.Add(result =>
        {
            if (result.Tokens.SelectMany(token => token.Value.Split(';')).FirstOrDefault(url => !IsAddress(url)) is { } wrong)
                result.AddError($"'{wrong}' is not an address to listen on, such as http://localhost:7071.");
        });
        var data = new Option<string>("--data") { Description = "The folder that keeps everything from one start to the next.", DefaultValueFactory = _ => ".data" };
        var fresh = new Option<bool>("--fresh") { Description = "Delete what the data folder holds and begin anew." };
        var demo = new Option<bool>("--demo") { Description = "Fill an empty data folder with sample applications." };
        var command = new RootCommand("Subsidies and permits of a township, all on this machine: storage, mail and clock included.") { urls, data, fresh, demo };
        foreach (var verb in verbs)
            command.Add(verb);
        command.SetAction((parsed, cancellation) => run(
            new LocalOptions(parsed.GetRequiredValue(urls), parsed.GetRequiredValue(data), parsed.GetValue(fresh), parsed.GetValue(demo)),
            cancellation));

        var parsed = command.Parse(arguments);
        try
        {
            // Long, because after Ctrl-C open requests are finished and the storage is saved.
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Patience,
                Output = output,
                Error = error,
            });
            return parsed.Errors.Count > 0 ? NotUnderstood : exitCode;
        }
        catch (CannotStartException reason)
        {
            await error.WriteLineAsync(reason.Message);
            return NotStarted;
        }
        catch (OperationCanceledException)
        {
            return NotStarted; // Ctrl-C before there was anything to stop
        }
    }

    /// <summary>A misspelt port would otherwise be taken for a host name, and port 80 opened to everyone.</summary>
    private static bool IsAddress(string url) =>
        Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/";
}
