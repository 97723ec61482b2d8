using System.Security.Cryptography;
using System.Text;

namespace Subsidy.Storage.Sealing;

/// <summary>
/// A master key in a file that only its owner can read (mode 600), made on first use. Whoever loses the file loses every sealed
/// value; whoever copies it together with the tables can read them all.
/// </summary>
public sealed class FileMasterKey : IMasterKey
{
    private const string Format = "subsidy-master-key-1";
    private const int KeyLength = 32;

    private readonly string path;
    private readonly byte[] key;

    private FileMasterKey(string path, byte[] key)
    {
        (this.path, this.key) = (path, key);
        Id = "file-" + Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8));
    }

    /// <summary>Leading bytes of the key's digest: enough to tell two files apart.</summary>
    public string Id { get; }

    /// <exception cref="MasterKeyException">The file cannot be read or made, or holds something else.</exception>
    public static FileMasterKey Open(string path)
    {
        try
        {
            if (!File.Exists(path))
                Create(path);
            return new FileMasterKey(path, Parse(path, File.ReadAllText(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"The master key {path} can be neither read nor made: {e.Message}", e);
        }
    }

    public Task<byte[]> WrapAsync(byte[] key) => Task.FromResult(SealedBox.Seal(this.key, key, "master", Id));

    public Task<byte[]> UnwrapAsync(string id, byte[] wrapped)
    {
        if (!string.Equals(id, Id, StringComparison.Ordinal))
            throw new MasterKeyException($"The stored keys were wrapped by master key {id}, but {path} holds {Id}. Put the right file back.");
        try
        {
            return Task.FromResult(SealedBox.Open(key, wrapped, "master", Id));
        }
        catch (CryptographicException e)
        {
            throw new MasterKeyException($"A stored key does not open with master key {Id}: it was altered.", e);
        }
    }

    /// <summary>The whole file appears at once under its name, so that a second process never reads half a key.</summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var text = Format + " " + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)) + "\n";
        var draft = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static byte[] Parse(string path, string text)
    {
        var parts = text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var bytes = new byte[KeyLength];
        return parts is [Format, var encoded] && Convert.TryFromBase64String(encoded, bytes, out var length) && length == KeyLength
            ? bytes
            : throw new MasterKeyException($"{path} is not a master key file. Put the right file back; a new key cannot open old data.");
    }
}
