using Subsidy.Core.Applications;

namespace Subsidy.Storage.Papers;

/// <summary>Where papers lie: taken in through quarantine and scanner, kept sealed, given back as they came.</summary>
public interface IPaperStore
{
    /// <summary>
    /// Takes one file in, streamed. The paper's id derives from the application, the kind and the content, so that a repeated request
    /// gives the same paper. Until an event names it, it is a leftover and will be swept.
    /// </summary>
    /// <param name="applicationId">May be one that does not exist yet: it gets its keys now.</param>
    /// <param name="most">Bytes.</param>
    Task<TakenPaper> TakeAsync(string applicationId, string kind, Stream content, long most, CancellationToken cancel);

    /// <summary>The plain content, decrypted while it is read.</summary>
    /// <returns>A stream for asynchronous reading that throws <see cref="System.Security.Cryptography.CryptographicException"/> where the content was altered or cut.</returns>
    /// <exception cref="FileNotFoundException">The paper, or the key to it, was erased.</exception>
    Task<Stream> OpenAsync(string applicationId, Paper paper, CancellationToken cancel);
}

/// <summary>Either the paper or why it was not taken.</summary>
public sealed record TakenPaper(Paper? Paper, PaperFault? Fault);

public enum PaperFault
{
    Empty,
    TooLarge,

    /// <summary>Neither PDF nor JPEG, PNG or HEIC, by its content.</summary>
    UnknownType,

    /// <summary>The scanner found something.</summary>
    Unsafe,

    /// <summary>The scanner could not say, or not in time.</summary>
    Unscanned,
}
