namespace Subsidy.Local;

/// <summary>
/// A file that one process at a time holds open. The operating system lets go of it however that process ends, so a
/// killed one leaves nothing to clean up; the file itself stays, because deleting it would let two hold "it" at once.
/// </summary>
internal static class ExclusiveFile
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the file, or answers null when another holds it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="IOException">The folder is missing, the disk is full, and the like.</exception>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            return null;
        }
    }

    /// <summary>Takes the file, waiting until whoever holds it lets go.</summary>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        IDisposable? taken;
        while ((taken = TryTake(path)) is null)
            await Task.Delay(Pause, time, cancellation);
        return taken;
    }
}
