namespace Subsidy.Local.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_temporary.Path, "data");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task What_was_kept_is_there_at_the_next_start()
    {
        using (var folder = await OpenAsync(Data, fresh: false))
            await File.WriteAllTextAsync(folder.Mailbox, "kept", Cancellation);

        using var again = await OpenAsync(Data, fresh: false);
        Assert.Equal("kept", await File.ReadAllTextAsync(again.Mailbox, Cancellation));
    }

    [Fact]
    public async Task Fresh_deletes_everything_and_begins_anew()
    {
        using (var folder = await OpenAsync(Data, fresh: false))
        {
            Directory.CreateDirectory(folder.Azurite);
            await File.WriteAllTextAsync(Path.Combine(folder.Azurite, "db"), "old", Cancellation);
            await File.WriteAllTextAsync(folder.Mailbox, "old", Cancellation);
        }

        using var again = await OpenAsync(Data, fresh: true);
        Assert.False(Directory.Exists(again.Azurite));
        Assert.False(File.Exists(again.Mailbox));
    }

    [Fact]
    public async Task Two_processes_do_not_share_a_folder_even_when_the_second_wants_it_fresh()
    {
        using var first = await OpenAsync(Data, fresh: false);
        await File.WriteAllTextAsync(first.Mailbox, "kept", Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => OpenAsync(Data, fresh: true));

        Assert.Equal($"Another process is using the data folder {Data}; stop that one, or choose another folder with --data.", error.Message);
        Assert.Equal("kept", await File.ReadAllTextAsync(first.Mailbox, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_with_something_else_in_it_is_refused_and_left_alone(bool fresh)
    {
        Directory.CreateDirectory(Data);
        var theirs = Path.Combine(Data, "letters.txt");
        await File.WriteAllTextAsync(theirs, "dear sir", Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => OpenAsync(Data, fresh));

        Assert.Contains("holds something else", error.Message, StringComparison.Ordinal);
        Assert.Equal([theirs], Directory.EnumerateFileSystemEntries(Data));
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{\"format", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("{\"format\":2}", "have format 2")]
    public async Task A_marker_that_is_damaged_or_of_another_version_is_one_clear_sentence(string marker, string said)
    {
        (await OpenAsync(Data, fresh: false)).Dispose();
        await File.WriteAllTextAsync(Path.Combine(Data, "subsidy-data.json"), marker, Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => OpenAsync(Data, fresh: false));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        (await OpenAsync(Data, fresh: true)).Dispose();
    }

    [Fact]
    public async Task A_path_that_is_a_file_is_one_clear_sentence()
    {
        await File.WriteAllTextAsync(Data, "", Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => OpenAsync(Data, fresh: false));

        Assert.StartsWith($"The data folder {Data} cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fresh_follows_no_link_out_of_the_folder()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_temporary.Path, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "theirs"), "", Cancellation);
        (await OpenAsync(Data, fresh: false)).Dispose();
        Directory.CreateSymbolicLink(Path.Combine(Data, "azurite"), elsewhere);

        using var folder = await OpenAsync(Data, fresh: true);

        Assert.True(File.Exists(Path.Combine(elsewhere, "theirs")));
        Assert.False(Path.Exists(folder.Azurite));
    }

    private static Task<DataFolder> OpenAsync(string path, bool fresh) =>
        DataFolder.OpenAsync(path, fresh, TimeProvider.System, _ => { }, Cancellation);
}
