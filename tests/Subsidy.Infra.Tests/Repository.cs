using System.Reflection;

namespace Subsidy.Infra.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static readonly string Root = Metadata("RepositoryRoot");

    /// <summary>The Bicep compiler that the package brought.</summary>
    public static readonly string Bicep = Metadata("BicepPath");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(x => x.Key == key).Value!;
}
