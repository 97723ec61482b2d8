using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Subsidy.Local.Tests;

[UnsupportedOSPlatform("windows")] // signals
public sealed class LocalProcessTests : IDisposable
{
    private const int SigTerm = 15;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Asked_to_stop_it_saves_leaves_no_child_and_ends_with_0()
    {
        await using (var program = LocalProcess.Start(Data))
        {
            using var client = await program.ServingAsync();
            await AdvanceAsync(client);
            var children = ChildrenOf(program.Id);

            Signal(program.Id, SigTerm);

            Assert.Equal((0, ""), await program.EndAsync());
            await EndedAsync(Assert.Single(children));
        }

        Assert.Equal("P7D", await OffsetAtNextStartAsync());
    }

    [Fact]
    public async Task Killed_at_any_moment_it_leaves_no_child_and_what_it_had_answered_is_there()
    {
        await using (var program = LocalProcess.Start(Data))
        {
            using var client = await program.ServingAsync();
            await AdvanceAsync(client);
            var azurite = Assert.Single(ChildrenOf(program.Id));

            program.Kill();

            Assert.Equal("P7D", await OffsetAtNextStartAsync());
            await EndedAsync(azurite);
        }
    }

    [Fact]
    public async Task When_the_dotnet_run_that_started_it_is_killed_it_ends_too()
    {
        // A shell by the name of dotnet stands for dotnet run, which is much slower.
        var dotnet = Path.Combine(_folder.Path, "dotnet");
        File.Copy("/bin/sh", dotnet);
        await using var starter = LocalProcess.Start(new ProcessStartInfo(
            dotnet, ["-c", "\"$@\" & wait", "dotnet", LocalProcess.Executable, "--urls", "http://127.0.0.1:0", "--data", Data]));
        using var client = await starter.ServingAsync();
        var program = Assert.Single(ChildrenOf(starter.Id));
        var azurite = Assert.Single(ChildrenOf(program.Id));

        starter.Kill();

        await EndedAsync(program);
        await EndedAsync(azurite);
    }

    [Fact]
    public async Task When_its_storage_is_killed_it_says_so_and_ends_with_1()
    {
        await using var program = LocalProcess.Start(Data);
        using var client = await program.ServingAsync();

        Assert.Single(ChildrenOf(program.Id)).Kill();

        var (exitCode, complaint) = await program.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Azurite, the local storage, ended unexpectedly", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_sentence_and_1()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();

        await using var program = LocalProcess.Start(new ProcessStartInfo(
            LocalProcess.Executable, ["--urls", $"http://{other.LocalEndpoint}", "--data", Data]));

        Assert.Equal(
            (1, $"http://{other.LocalEndpoint} is taken by another program; stop that one, or choose another address with --urls."),
            await program.EndAsync());
    }

    [Fact]
    public async Task A_data_folder_in_use_is_one_clear_sentence_and_1()
    {
        using var held = await DataFolder.OpenAsync(Data, fresh: false, TimeProvider.System, _ => { }, Cancellation);

        await using var program = LocalProcess.Start(Data);

        var (exitCode, complaint) = await program.EndAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal($"Another process is using the data folder {Data}; stop that one, or choose another folder with --data.", complaint);
    }

    [Fact]
    public async Task A_damaged_data_folder_is_one_clear_sentence_and_1_until_it_is_begun_afresh()
    {
        await using (var program = LocalProcess.Start(Data))
        {
            using var client = await program.ServingAsync();
            Signal(program.Id, SigTerm);
            await program.EndAsync();
        }

        await File.WriteAllTextAsync(Path.Combine(Data, "azurite", "__azurite_db_table__.json"), "{\"tables", Cancellation);

        await using (var program = LocalProcess.Start(Data))
        {
            var (exitCode, complaint) = await program.EndAsync();
            Assert.Equal(1, exitCode);
            Assert.Contains("cannot be read", complaint, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', complaint);
        }

        await using (var program = LocalProcess.Start(Data, "--fresh"))
            (await program.ServingAsync()).Dispose();
    }

    private static async Task AdvanceAsync(HttpClient client) =>
        (await client.PostAsJsonAsync("/clock/advance", new { by = "P7D" }, Cancellation)).EnsureSuccessStatusCode();

    private async Task<string?> OffsetAtNextStartAsync()
    {
        await using var program = LocalProcess.Start(Data);
        using var client = await program.ServingAsync();
        return (await client.GetFromJsonAsync<JsonElement>("/clock", Cancellation)).GetProperty("offset").GetString();
    }

    private static IReadOnlyList<Process> ChildrenOf(int processId)
    {
        using var pgrep = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "ppid=,pid="]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        return
        [
            .. pgrep.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray())
                .Where(pair => pair[0] == processId && pair[1] != pgrep.Id)
                .Select(pair => Process.GetProcessById(pair[1])),
        ];
    }

    private static async Task EndedAsync(Process process)
    {
        await process.WaitForExitAsync(Cancellation);
        process.Dispose();
    }

    private static void Signal(int processId, int signal) => Assert.Equal(0, kill(processId, signal));

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
