using System.Security.Cryptography;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Tests.Sealing;

public sealed class FileMasterKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("subsidy-key-").FullName;

    private string Path => System.IO.Path.Combine(folder, "keys", "master.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_is_made_on_first_use_and_is_the_same_ever_after()
    {
        var first = FileMasterKey.Open(Path);
        var wrapped = await first.WrapAsync([1, 2, 3]);

        var second = FileMasterKey.Open(Path);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal([1, 2, 3], await second.UnwrapAsync(first.Id, wrapped));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        FileMasterKey.Open(Path);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void A_corrupt_file_is_said_to_be_one_and_is_left_alone()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        foreach (var content in (string[])["", "subsidy-master-key-1 AAAA\n", "something else entirely", "subsidy-master-key-1 %%%"])
        {
            File.WriteAllText(Path, content);
            var refused = Assert.Throws<MasterKeyException>(() => FileMasterKey.Open(Path));
            Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void A_place_where_no_file_can_be_is_an_error_that_names_it()
    {
        var refused = Assert.Throws<MasterKeyException>(() => FileMasterKey.Open(folder));
        Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_key_wrapped_is_refused_by_name()
    {
        var key = FileMasterKey.Open(Path);
        var wrapped = await key.WrapAsync(RandomNumberGenerator.GetBytes(32));
        var other = FileMasterKey.Open(System.IO.Path.Combine(folder, "other.key"));

        var refused = await Assert.ThrowsAsync<MasterKeyException>(() => other.UnwrapAsync(key.Id, wrapped));
        Assert.Contains(key.Id, refused.Message, StringComparison.Ordinal);

        wrapped[^1] ^= 1;
        await Assert.ThrowsAsync<MasterKeyException>(() => key.UnwrapAsync(key.Id, wrapped));
    }
}
