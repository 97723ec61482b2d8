using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Storage.Schemes;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Township;

/// <summary>
/// The township's files as they lie in the container <c>township</c>, read as one edition. A new edition with a fault is not used: the
/// one before stays, and <see cref="Faults"/> says why.
/// </summary>
public sealed class TownshipShelf(StorageSettings settings, SchemeStore editions, PersonKeys persons, TimeProvider time)
    : ITownship, ISchemes, IRegisters, IFundRegister
{
    private readonly BlobContainerClient container = settings.Container("township");
    private readonly ConcurrentDictionary<string, Scheme> pinned = new();
    private Dictionary<string, FrozenSet<PersonKey>> lists = [];
    private TownshipEdition? edition;
    private string? seen;

    /// <summary>What is wrong with files that were put there since; empty when all is in use.</summary>
    public IReadOnlyList<SchemeFault> Faults { get; private set; } = [];

    public TownshipRegister Register => Edition.Register;
    public WorkingCalendar Calendar => Edition.Calendar;
    public IReadOnlyList<FundSource> Funds => Edition.Funds;
    public IReadOnlyList<Scheme> Current => [.. Edition.Schemes.Select(source => source.Scheme)];

    private TownshipEdition Edition => edition ?? throw new InvalidOperationException("The township's files have not been read yet.");

    public async ValueTask<Scheme> PinnedAsync(SchemePin pin, CancellationToken cancel)
    {
        if (pinned.TryGetValue(pin.Hash, out var known))
            return known;
        var bytes = await editions.LoadAsync(pin.Hash, cancel);
        var scheme = SchemeFile.Read($"{pin.Id}.yaml", bytes).Scheme
            ?? throw new InvalidOperationException($"The published edition {pin.Hash} of {pin.Id} can no longer be read.");
        return pinned.GetOrAdd(pin.Hash, scheme);
    }

    /// <summary>Reads the files if any has changed since the last time.</summary>
    /// <exception cref="TownshipFilesException">They are not sound, and there is no earlier edition to go on with.</exception>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancel))
            blobs.Add(blob);
        var now = string.Join('\n', blobs.Select(blob => $"{blob.Name} {blob.Properties.ETag}"));
        if (now == seen)
            return;

        var files = new Dictionary<string, byte[]>();
        foreach (var blob in blobs)
            files[blob.Name] = (await container.GetBlobClient(blob.Name).DownloadContentAsync(cancel)).Value.Content.ToArray();
        var reading = TownshipFiles.Read(files, persons.Of, ChinaTime.DateOf(time.GetUtcNow()));
        if (reading.Edition is not { } sound)
        {
            Faults = reading.Faults;
            if (edition is null)
                throw new TownshipFilesException(reading.Faults);
            seen = now;
            return;
        }

        foreach (var source in sound.Schemes)
        {
            await editions.PublishAsync(source, cancel);
            pinned[source.Scheme.Hash] = source.Scheme;
        }
        lists = sound.Registers.ToDictionary(register => register.Key, register => register.Value.ToFrozenSet());
        (edition, seen, Faults) = (sound, now, []);
    }

    /// <summary>Registers are a township's lists of some thousand people: they are kept in memory, as keyed hashes.</summary>
    public Task<IReadOnlyDictionary<string, bool>> LookUpAsync(
        IReadOnlyList<string> registers, IReadOnlyList<PersonKey> persons, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(registers.ToDictionary(
            name => name, name => lists.TryGetValue(name, out var members) && persons.Any(members.Contains)));

    /// <summary>Puts the files of two folders where every process reads them, and takes away what is no longer there.</summary>
    public async Task UploadAsync(string townshipFolder, string schemesFolder, CancellationToken cancel)
    {
        var files = FilesOf(townshipFolder, "").Concat(FilesOf(schemesFolder, TownshipFiles.Schemes)).ToDictionary(file => file.Name, file => file.Path);
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancel))
        {
            if (!files.ContainsKey(blob.Name))
                await container.DeleteBlobAsync(blob.Name, cancellationToken: cancel);
            else if (blob.Properties.ContentHash is { } hash && Convert.ToHexString(hash) == Convert.ToHexString(await Md5Async(files[blob.Name], cancel)))
                files.Remove(blob.Name);
        }
        foreach (var (name, path) in files)
            await container.GetBlobClient(name).UploadAsync(path, overwrite: true, cancel);
    }

    private static IEnumerable<(string Name, string Path)> FilesOf(string folder, string prefix) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".yaml" or ".csv")
            .Select(path => (prefix + Path.GetRelativePath(folder, path).Replace('\\', '/'), path));

#pragma warning disable CA5351 // MD5 is what Blob Storage keeps beside a blob; here it only tells whether a file has changed.
    private static async Task<byte[]> Md5Async(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        return await MD5.HashDataAsync(stream, cancel);
    }
#pragma warning restore CA5351
}

/// <summary>The township's files are not sound; each fault says file, line, what is wrong and what would be right.</summary>
public sealed class TownshipFilesException(IReadOnlyList<SchemeFault> faults)
    : Exception($"The township's files have faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}")
{
    public IReadOnlyList<SchemeFault> Faults { get; } = faults;
}
