namespace Subsidy.Storage.Sealing;

/// <summary>
/// The key at the top: it wraps the few keys that wrap all others, and is asked once per process. A file on one machine
/// (<see cref="FileMasterKey"/>), a key vault in a county.
/// </summary>
public interface IMasterKey
{
    /// <summary>Names the key that <see cref="WrapAsync"/> uses now; it is stored beside what was wrapped.</summary>
    string Id { get; }

    Task<byte[]> WrapAsync(byte[] key);

    /// <param name="id">The <see cref="Id"/> at the time of wrapping.</param>
    /// <exception cref="MasterKeyException">The key is not there, or is not the one that wrapped.</exception>
    Task<byte[]> UnwrapAsync(string id, byte[] wrapped);
}

/// <summary>The master key cannot be used; the message says which one and why, for the operator.</summary>
public sealed class MasterKeyException(string message, Exception? inner = null) : Exception(message, inner);
