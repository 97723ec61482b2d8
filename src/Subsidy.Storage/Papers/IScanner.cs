namespace Subsidy.Storage.Papers;

/// <summary>Looks for what would harm whoever opens a paper. A county plugs its own in.</summary>
public interface IScanner
{
    /// <param name="content">Read once, from the start; need not be read to its end when something is found.</param>
    /// <returns>True when nothing was found.</returns>
    Task<bool> IsCleanAsync(Stream content, CancellationToken cancel);
}
