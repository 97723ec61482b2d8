namespace Subsidy.Local.Azurite;

/// <summary>
/// The folder in which Azurite keeps its three databases and the blobs' contents. Azurite takes a missing or empty
/// database for a new one and would quietly begin anew; this type notices.
/// </summary>
internal sealed class AzuriteData
{
    private static readonly string[] Databases =
        ["__azurite_db_table__.json", "__azurite_db_blob__.json", "__azurite_db_blob_extent__.json"];

    private readonly string _used;

    private AzuriteData(string used) => _used = used;

    /// <summary>Creates the folder when it is missing, and waits until an Azurite that lost its owner has saved into it.</summary>
    /// <exception cref="CannotStartException">Another Azurite keeps using the folder, or the folder was used before and
    /// a database is missing or empty.</exception>
    public static async Task<AzuriteData> OpenAsync(string folder, TimeProvider time, Action<string> log, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await AzuritePredecessor.GoneAsync(folder, time, log, cancellation);
        var used = Path.Combine(folder, "used");
        var lacking = Databases.FirstOrDefault(name => new FileInfo(Path.Combine(folder, name)) is not { Exists: true, Length: > 0 });
        if (File.Exists(used) && lacking is not null)
            throw new CannotStartException(Damaged(folder, $"{lacking} is missing or empty."));
        return new AzuriteData(used);
    }

    public static string Damaged(string folder, string reason) =>
        $"The data in {folder} cannot be read; restore it from a copy, or begin anew with --fresh, which deletes it. ({reason})";

    /// <summary>All databases exist now; from here on a missing one is damage.</summary>
    public void MarkUsed() => File.WriteAllText(_used, "");
}
