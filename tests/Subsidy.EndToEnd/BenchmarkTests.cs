using System.Diagnostics;

namespace Subsidy.EndToEnd;

/// <summary>The command that docs/contributing.md names still works. What it measures is nobody's condition.</summary>
public class BenchmarkTests
{
    [Fact]
    public async Task A_pay_run_is_measured_from_what_is_due_to_books_that_are_sound()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Subsidy.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "pay-run", "--lines", "3"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var table = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await said);
        Assert.Contains("Verify books | 3 |", table, StringComparison.Ordinal);
    }
}
