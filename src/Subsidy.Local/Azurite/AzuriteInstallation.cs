using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace Subsidy.Local.Azurite;

/// <summary>
/// A folder with Azurite in it, installed by <c>npm ci</c> from the lock file inside this program. The folder is named
/// by the hash of what it is installed from, so that another version never meets an older one's leftovers, and lies in
/// the user's own application data, so that every checkout and every test project shares it.
/// </summary>
internal static class AzuriteInstallation
{
    private const string ResourcePrefix = "azurite/";

    /// <summary>Answers the folder, installing it first when it is missing. Safe to call from several processes at once.</summary>
    /// <param name="root">Where installations are kept.</param>
    /// <param name="node">Runs the installation.</param>
    /// <param name="log">Told, in a sentence, that something is being installed.</param>
    /// <param name="time">For waiting while another process installs.</param>
    /// <param name="cancellation">Gives up; an unfinished installation is removed.</param>
    /// <exception cref="CannotStartException">The folder cannot be written, or npm failed.</exception>
    public static async Task<string> EnsureAsync(
        string root, NodeProgram node, Action<string> log, TimeProvider time, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, ContentHash());
        if (Directory.Exists(folder))
            return folder;
        try
        {
            Directory.CreateDirectory(root);
            using var turn = await ExclusiveFile.TakeAsync(Path.Combine(root, "installing"), time, cancellation);
            if (!Directory.Exists(folder))
                await InstallAsync(folder, node, log, cancellation);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"Azurite, the local storage, cannot be installed into {root}: {error.Message}", error);
        }
    }

    /// <summary><c>~/.local/share/subsidy/azurite</c>, or what takes its place on this operating system.</summary>
    public static string DefaultRoot => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "subsidy", "azurite");

    /// <summary>Under a temporary name first: the folder exists under its own name only once it is complete.</summary>
    private static async Task InstallAsync(string folder, NodeProgram node, Action<string> log, CancellationToken cancellation)
    {
        log("Installing Azurite, the local storage; this happens once and takes about half a minute.");
        var unfinished = $"{folder}.{Environment.ProcessId}";
        DeleteUnfinished(folder);
        try
        {
            foreach (var (name, content) in Files())
            {
                var path = Path.Combine(unfinished, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, content, cancellation);
            }

            await NpmCiAsync(unfinished, node, cancellation);
            Directory.Move(unfinished, folder);
        }
        catch
        {
            DeleteUnfinished(folder);
            throw;
        }
    }

    private static async Task NpmCiAsync(string folder, NodeProgram node, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(node.Npm, ["ci"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")) && !OperatingSystem.IsWindows())
            start.Environment["npm_config_cache"] = Path.Combine(folder, ".npm"); // npm would use /.npm

        using var npm = Process.Start(start)!;
        npm.StandardInput.Close();
        try
        {
            var said = await Task.WhenAll(
                npm.StandardError.ReadToEndAsync(cancellation), npm.StandardOutput.ReadToEndAsync(cancellation));
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
                throw new CannotStartException($"Azurite, the local storage, could not be installed; npm said: {OneLine(said[0] + said[1])}");
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>What a killed installation left behind.</summary>
    private static void DeleteUnfinished(string folder)
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".*"))
            Directory.Delete(left, recursive: true);
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6));

    private static IEnumerable<(string Name, byte[] Content)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            yield return (resource[ResourcePrefix.Length..], content.ToArray());
        }
    }

    private static string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, content) in Files())
            hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
