using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Subsidy.Local.Azurite;

namespace Subsidy.Local.Tests.Azurite;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_and_blobs_are_there_again_after_an_orderly_stop()
    {
        await using (var azurite = await StartAsync(_folder.Path))
        {
            await Table(azurite).CreateAsync(Cancellation);
            await Table(azurite).AddEntityAsync(new TableEntity("village", "wanggou") { ["Households"] = 212 }, Cancellation);
            await Container(azurite).CreateAsync(cancellationToken: Cancellation);
            await Container(azurite).UploadBlobAsync("paper", BinaryData.FromString("land certificate"), Cancellation);
        }

        await using (var azurite = await StartAsync(_folder.Path))
        {
            var row = await Table(azurite).GetEntityAsync<TableEntity>("village", "wanggou", cancellationToken: Cancellation);
            var paper = await Container(azurite).GetBlobClient("paper").DownloadContentAsync(Cancellation);
            Assert.Equal(212, row.Value.GetInt32("Households"));
            Assert.Equal("land certificate", paper.Value.Content.ToString());
        }
    }

    [Fact]
    public async Task In_memory_it_leaves_no_file_and_no_process()
    {
        var azurite = await StartAsync(folder: null);
        var process = Process.GetProcessById(azurite.ProcessId);
        await Table(azurite).CreateAsync(Cancellation);
        await azurite.DisposeAsync();

        await process.WaitForExitAsync(Cancellation);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.False(azurite.Lost.IsCompleted, "it was asked to stop");
    }

    [Fact]
    public async Task Each_start_has_a_key_of_its_own()
    {
        await using var one = await StartAsync(folder: null);
        await using var other = await StartAsync(folder: null);
        var keyOfOther = other.ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
        var keyOfOne = one.ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));

        var mixed = new TableServiceClient(one.ConnectionString.Replace(keyOfOne, keyOfOther, StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => mixed.CreateTableAsync("t", Cancellation));
        Assert.Equal(403, refusal.Status);
    }

    [Fact]
    public async Task When_it_is_killed_its_owner_is_told()
    {
        await using var azurite = await StartAsync(folder: null);

        Process.GetProcessById(azurite.ProcessId).Kill();

        await azurite.Lost.WaitAsync(Cancellation);
    }

    [Theory]
    [InlineData("__azurite_db_table__.json", "{\"filename\": \"half a da")]
    [InlineData("__azurite_db_blob__.json", "")]
    [InlineData("__azurite_db_blob_extent__.json", null)]
    public async Task A_damaged_database_is_one_clear_sentence_and_is_left_as_it_was(string database, string? content)
    {
        await using (await StartAsync(_folder.Path))
        {
        }

        var path = Path.Combine(_folder.Path, database);
        File.Delete(path);
        if (content is not null)
            await File.WriteAllTextAsync(path, content, Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => StartAsync(_folder.Path));

        Assert.Contains($"The data in {_folder.Path} cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Contains("--fresh", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(content, File.Exists(path) ? await File.ReadAllTextAsync(path, Cancellation) : null);
    }

    [Fact]
    public async Task The_next_one_on_the_same_folder_begins_when_the_one_before_has_saved()
    {
        var before = await StartAsync(_folder.Path);
        await Table(before).CreateAsync(Cancellation);
        var waits = new TaskCompletionSource();

        var starting = AzuriteProcess.StartAsync(_folder.Path, TimeProvider.System, _ => waits.TrySetResult(), Cancellation);
        Assert.Same(waits.Task, await Task.WhenAny(waits.Task, starting));
        await Table(before).AddEntityAsync(new TableEntity("village", "wanggou"), Cancellation);
        await before.DisposeAsync();

        await using var after = await starting;
        Assert.True((await Table(after).GetEntityIfExistsAsync<TableEntity>("village", "wanggou", cancellationToken: Cancellation)).HasValue);
    }

    /// <summary>
    /// Azurite writes its tables to a file named with a tilde and then renames that. A pipe of this name holds the saving up in its
    /// middle for as long as nobody reads it.
    /// </summary>
    [Fact]
    [UnsupportedOSPlatform("windows")] // named pipes in folders
    public async Task What_is_being_saved_when_it_is_told_to_end_is_saved()
    {
        var azurite = await StartAsync(_folder.Path);
        await Table(azurite).CreateAsync(Cancellation);
        var saving = Path.Combine(_folder.Path, "__azurite_db_table__.json~");
        using (var made = Process.Start("mkfifo", [saving]))
            await made.WaitForExitAsync(Cancellation);
        await Table(azurite).AddEntityAsync(
            new TableEntity("village", "wanggou") { ["One"] = new string('a', 30_000), ["Two"] = new string('b', 30_000), ["Three"] = new string('c', 30_000) }, Cancellation);

        await using (var pipe = await Task.Run(() => File.OpenRead(saving), Cancellation)) // opens when the saving begins
        {
            var ending = azurite.DisposeAsync().AsTask();
            for (var knocks = 0; knocks < 300 && await AnswersAsync(azurite); knocks++) // long enough for one that does not wait to give up
            {
            }
            await pipe.CopyToAsync(Stream.Null, Cancellation);
            await ending;
        }

        Assert.False(File.Exists(saving), "the saving was given up");
        await using var after = await StartAsync(_folder.Path);
        Assert.True((await Table(after).GetEntityIfExistsAsync<TableEntity>("village", "wanggou", cancellationToken: Cancellation)).HasValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"port\":1,\"token\":\"nobody listens there\"}")]
    public async Task What_a_killed_one_left_behind_holds_nobody_up(string running)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "running"), running, Cancellation);

        await using var azurite = await StartAsync(_folder.Path);

        Assert.NotEqual(running, await File.ReadAllTextAsync(Path.Combine(_folder.Path, "running"), Cancellation));
    }

    private static async Task<bool> AnswersAsync(AzuriteProcess azurite)
    {
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(IPAddress.Loopback, new TableServiceClient(azurite.ConnectionString).Uri.Port, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<AzuriteProcess> StartAsync(string? folder) =>
        AzuriteProcess.StartAsync(folder, TimeProvider.System, TestContext.Current.SendDiagnosticMessage, Cancellation);

    private static TableClient Table(AzuriteProcess azurite) => new(azurite.ConnectionString, "places");

    private static BlobContainerClient Container(AzuriteProcess azurite) => new(azurite.ConnectionString, "papers");
}
