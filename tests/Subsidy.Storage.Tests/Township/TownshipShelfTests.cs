using System.Runtime.CompilerServices;
using Subsidy.Core;
using Subsidy.Storage.Schemes;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Township;

namespace Subsidy.Storage.Tests.Township;

public sealed class TownshipShelfTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("subsidy-township-").FullName;
    private Store store = null!;

    private TownshipShelf Shelf => store.Get<TownshipShelf>();

    private string Scheme => Path.Combine(folder, "schemes", "transport-subsidy.yaml");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = await Store.OpenAsync(azurite);
        Copy("township");
        Copy("schemes");
        await PutAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_put_there_is_read_as_one_edition()
    {
        Assert.Equal(4, Shelf.Register.Villages.Count);
        Assert.Contains(Shelf.Current, scheme => scheme.Id == "transport-subsidy");
        var known = store.Get<PersonKeys>().Of("369900197903125017");
        Assert.True((await Shelf.LookUpAsync(["monitoredHouseholds"], [known], Cancel))["monitoredHouseholds"]);
        Assert.False((await Shelf.LookUpAsync(["monitoredHouseholds"], [new PersonKey("nobody")], Cancel))["monitoredHouseholds"]);
    }

    [Fact]
    public async Task A_changed_file_applies_from_the_next_look_and_the_old_edition_stays_loadable()
    {
        var old = Shelf.Current.Single(scheme => scheme.Id == "transport-subsidy");
        await ChangeAsync("version: 1", "version: 2");
        await ChangeAsync("60000", "70000");
        await PutAsync();

        Assert.Equal(2, Shelf.Current.Single(scheme => scheme.Id == "transport-subsidy").Version);
        await using var other = await store.AgainAsync(azurite);
        Assert.Equal(old.Hash, (await other.Get<TownshipShelf>().PinnedAsync(old.Pin, Cancel)).Hash);
    }

    [Fact]
    public async Task The_same_version_with_other_content_is_refused()
    {
        await ChangeAsync("60000", "70000");

        await Assert.ThrowsAsync<SchemeEditionException>(PutAsync);
    }

    [Fact]
    public async Task A_file_with_a_fault_is_not_used_and_the_fault_is_told()
    {
        await ChangeAsync("version: 1", "verzion: 1");
        await PutAsync();

        Assert.NotEmpty(Shelf.Faults);
        Assert.Equal(1, Shelf.Current.Single(scheme => scheme.Id == "transport-subsidy").Version);
    }

    [Fact]
    public async Task Nothing_is_read_again_as_long_as_nothing_has_changed()
    {
        store.Wire.Restart();
        await Shelf.RefreshAsync(Cancel);

        Assert.Equal(1, store.Wire.Sent);
    }

    private async Task PutAsync()
    {
        await Shelf.UploadAsync(Path.Combine(folder, "township"), Path.Combine(folder, "schemes"), Cancel);
        await Shelf.RefreshAsync(Cancel);
    }

    private async Task ChangeAsync(string from, string to) =>
        await File.WriteAllTextAsync(Scheme, (await File.ReadAllTextAsync(Scheme, Cancel)).Replace(from, to, StringComparison.Ordinal), Cancel);

    private void Copy(string name, [CallerFilePath] string here = "")
    {
        var source = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", name);
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, name, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
