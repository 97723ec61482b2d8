using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Subsidy.Local.Tests;

/// <summary>The program itself, started as a person would start it.</summary>
internal sealed partial class LocalProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LocalProcess(Process process) => _process = process;

    /// <summary>The program beside the tests.</summary>
    public static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Subsidy.Local.exe" : "Subsidy.Local");

    public int Id => _process.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static LocalProcess Start(string data, params string[] more) =>
        Start(new ProcessStartInfo(Executable, ["--urls", "http://127.0.0.1:0", "--data", data, .. more]));

    public static LocalProcess Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new LocalProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it says where it serves.</summary>
    public async Task<HttpClient> ServingAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (Serving().Match(line) is { Success: true } match)
                return new HttpClient { BaseAddress = new Uri(match.Groups["url"].Value) };
        }

        throw new InvalidOperationException("It ended before it served: " + await _process.StandardError.ReadToEndAsync(Cancellation));
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int ExitCode, string Complaint)> EndAsync()
    {
        var complaint = await _process.StandardError.ReadToEndAsync(Cancellation);
        await _process.WaitForExitAsync(Cancellation);
        return (_process.ExitCode, complaint.TrimEnd());
    }

    /// <summary>As <c>kill -9</c>: it has no chance to do anything.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [GeneratedRegex(@"serving on (?<url>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Serving();
}
