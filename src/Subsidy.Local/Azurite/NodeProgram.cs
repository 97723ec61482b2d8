using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Subsidy.Local.Azurite;

/// <summary>The Node.js of this machine: <c>node</c> and the <c>npm</c> that comes with it, found on the PATH.</summary>
internal sealed class NodeProgram
{
    private const int OldestMajor = 20;

    private const string Remedy =
        "install Node.js 20 or newer from https://nodejs.org, open a new terminal and start again.";

    private readonly string _searchPath;

    private NodeProgram(string node, string searchPath)
    {
        Node = node;
        _searchPath = searchPath;
    }

    /// <summary>Full path of <c>node</c>.</summary>
    public string Node { get; }

    /// <summary>Full path of <c>npm</c>.</summary>
    /// <exception cref="CannotStartException">There is none.</exception>
    public string Npm => Search("npm", _searchPath)
        ?? throw new CannotStartException($"Azurite has to be installed once and npm was not found on the PATH: {Remedy}");

    /// <param name="searchPath">Folders to look in, written as in the PATH variable.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CannotStartException">Node.js is missing or older than 20.</exception>
    public static async Task<NodeProgram> FindAsync(string? searchPath, CancellationToken cancellation)
    {
        var node = Search("node", searchPath ?? "")
            ?? throw new CannotStartException($"Node.js was not found on the PATH, and Azurite, the local storage, needs it: {Remedy}");
        var version = await VersionAsync(node, cancellation);
        if (MajorOf(version) is not >= OldestMajor)
            throw new CannotStartException($"Node.js at {node} says it is \"{version}\", which is too old for Azurite, the local storage: {Remedy}");
        return new NodeProgram(node, searchPath ?? "");
    }

    private static async Task<string> VersionAsync(string node, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(node, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var version = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return version.Trim();
        }
        catch (Win32Exception error)
        {
            throw new CannotStartException($"Node.js at {node} cannot be run ({error.Message}): {Remedy}", error);
        }
    }

    /// <summary>20 of "v20.11.1"; null of anything else.</summary>
    private static int? MajorOf(string version) =>
        version.StartsWith('v') && int.TryParse(version[1..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;

    private static string? Search(string program, string searchPath)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        return searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(folder => names, Path.Combine)
            .FirstOrDefault(File.Exists);
    }
}
