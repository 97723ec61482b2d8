namespace Subsidy.Local.Tests;

/// <summary>An empty folder that is deleted with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("subsidy-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
