namespace Subsidy.Local.Tests;

public sealed class ExclusiveFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_one_holds_it_and_the_next_gets_it_when_that_one_lets_go()
    {
        var path = Path.Combine(_folder.Path, "lock");

        using (ExclusiveFile.TryTake(path))
            Assert.Null(ExclusiveFile.TryTake(path));

        using var next = ExclusiveFile.TryTake(path);
        Assert.NotNull(next);
    }

    [Fact]
    public void A_folder_that_is_missing_is_not_mistaken_for_a_holder() =>
        Assert.Throws<DirectoryNotFoundException>(() => ExclusiveFile.TryTake(Path.Combine(_folder.Path, "none", "lock")));
}
