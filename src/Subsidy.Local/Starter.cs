using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Subsidy.Local;

/// <summary>
/// The <c>dotnet run</c> that started this program. On Windows it takes this program with it; elsewhere, when it is
/// killed, this program would go on unseen and keep its port and its data folder.
/// </summary>
internal static class Starter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the starter is gone; never when this program was started by anything but <c>dotnet</c>.</summary>
    public static async Task GoneAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() || NameOf(getppid()) != "dotnet")
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        var starter = getppid();
        while (getppid() == starter)
            await Task.Delay(Pause, time, cancellation);
    }

    private static string? NameOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getppid();
}
