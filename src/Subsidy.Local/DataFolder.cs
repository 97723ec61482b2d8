using System.Text.Json;
using Subsidy.Local.Azurite;

namespace Subsidy.Local;

/// <summary>
/// The folder with everything this machine remembers, held by one process at a time. It is known by the file
/// <c>subsidy-data.json</c>, without which nothing is ever deleted.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Raised when what lies in the folder changes its shape.</summary>
    private const int Format = 1;

    private const string MarkerName = "subsidy-data.json";
    private const string LockName = "lock";

    private readonly IDisposable _lock;

    private DataFolder(string path, IDisposable taken)
    {
        Path = path;
        _lock = taken;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Where Azurite keeps tables and blobs.</summary>
    public string Azurite => System.IO.Path.Combine(Path, "azurite");

    /// <summary>Where the mailbox keeps its mails.</summary>
    public string Mailbox => System.IO.Path.Combine(Path, "mailbox.jsonl");

    /// <summary>Takes the folder for this process, creating it when it is missing.</summary>
    /// <param name="path">The folder; relative to the current directory.</param>
    /// <param name="fresh">Deletes what an earlier run left in it.</param>
    /// <param name="time">For waiting until the storage of a run that was killed has saved, before it is deleted.</param>
    /// <param name="log">Told, in a sentence, what takes long.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CannotStartException">Another process uses it, it holds something else, it was written by
    /// another version, or it cannot be read or written.</exception>
    public static async Task<DataFolder> OpenAsync(
        string path, bool fresh, TimeProvider time, Action<string> log, CancellationToken cancellation)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
            RefuseForeign(path);
            var taken = ExclusiveFile.TryTake(System.IO.Path.Combine(path, LockName))
                ?? throw new CannotStartException($"Another process is using the data folder {path}; stop that one, or choose another folder with --data.");
            var folder = new DataFolder(path, taken);
            try
            {
                if (fresh)
                {
                    await AzuritePredecessor.GoneAsync(folder.Azurite, time, log, cancellation);
                    DeleteContent(path);
                }

                folder.Mark();
                return folder;
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The data folder {path} cannot be used: {error.Message}", error);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>A mistyped --data must not mix our files with someone's own, and with --fresh must not delete them.</summary>
    private static void RefuseForeign(string path)
    {
        var names = Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName).Where(name => name != LockName).ToList();
        if (names.Count > 0 && !names.Contains(MarkerName, StringComparer.Ordinal))
            throw new CannotStartException($"The folder {path} holds something else ({MarkerName} is missing); choose an empty one with --data.");
    }

    /// <summary>Marks a new folder as ours; of one that was ours before, checks that this version can read it.</summary>
    private void Mark()
    {
        var marker = System.IO.Path.Combine(Path, MarkerName);
        if (!File.Exists(marker))
        {
            File.WriteAllBytes(marker, JsonSerializer.SerializeToUtf8Bytes(new Marker(Format), JsonSerializerOptions.Web));
            return;
        }

        if (Read(marker) is not { Format: > 0 } found)
            throw new CannotStartException(AzuriteData.Damaged(Path, $"{MarkerName} says no format."));
        if (found.Format != Format)
            throw new CannotStartException($"The data in {Path} have format {found.Format}, and this version of the program reads format {Format}; use the version that wrote them, or begin anew with --fresh, which deletes them.");
    }

    private static Marker? Read(string marker)
    {
        try
        {
            return JsonSerializer.Deserialize<Marker>(File.ReadAllBytes(marker), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The marker goes last: a deletion that was interrupted can be repeated.</summary>
    private static void DeleteContent(string path)
    {
        var entries = new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => entry.Name != LockName).ToList();
        foreach (var entry in entries.OrderBy(entry => entry.Name == MarkerName))
        {
            if (entry is DirectoryInfo { LinkTarget: null } directory)
                directory.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    private sealed record Marker(int Format);
}
