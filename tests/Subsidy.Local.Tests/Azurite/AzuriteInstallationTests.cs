using System.Runtime.Versioning;
using Subsidy.Local.Azurite;

namespace Subsidy.Local.Tests.Azurite;

[UnsupportedOSPlatform("windows")] // npm is played by a shell script
public sealed class AzuriteInstallationTests : IDisposable
{
    private readonly TemporaryFolder _path = new();
    private readonly TemporaryFolder _root = new();

    public void Dispose()
    {
        _path.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Two_that_need_it_at_once_install_it_once()
    {
        var node = await NodeWithNpmAsync("mkdir node_modules; echo once >> ../count");

        var folders = await Task.WhenAll(EnsureAsync(node), EnsureAsync(node));

        Assert.Equal(folders[0], folders[1]);
        Assert.Equal(["once"], await File.ReadAllLinesAsync(Path.Combine(_root.Path, "count"), Cancellation));
        Assert.True(File.Exists(Path.Combine(folders[0], "azurite-child.cjs")));
        Assert.True(Directory.Exists(Path.Combine(folders[0], "node_modules")));
    }

    [Fact]
    public async Task A_failed_installation_says_why_leaves_nothing_and_can_be_tried_again()
    {
        var offline = await NodeWithNpmAsync("echo 'network request failed' >&2; exit 1");

        var error = await Assert.ThrowsAsync<CannotStartException>(() => EnsureAsync(offline));

        Assert.Contains("network request failed", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(_root.Path));
        Assert.True(Directory.Exists(await EnsureAsync(await NodeWithNpmAsync("mkdir node_modules"))));
    }

    [Fact]
    public async Task What_a_killed_installation_left_is_not_taken_for_one()
    {
        var node = await NodeWithNpmAsync("mkdir node_modules");
        var folder = await EnsureAsync(node);
        Directory.Move(folder, folder + ".4711");
        Directory.Delete(Path.Combine(folder + ".4711", "node_modules"));

        Assert.Equal(folder, await EnsureAsync(node));

        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")));
        Assert.Equal(folder, Assert.Single(Directory.EnumerateDirectories(_root.Path)));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_one_clear_sentence()
    {
        var node = await NodeWithNpmAsync("exit 0");
        var file = Path.Combine(_root.Path, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        var error = await Assert.ThrowsAsync<CannotStartException>(
            () => AzuriteInstallation.EnsureAsync(file, node, _ => { }, TimeProvider.System, Cancellation));

        Assert.Contains($"cannot be installed into {file}", error.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<string> EnsureAsync(NodeProgram node) =>
        AzuriteInstallation.EnsureAsync(_root.Path, node, _ => { }, TimeProvider.System, Cancellation);

    private async Task<NodeProgram> NodeWithNpmAsync(string npm)
    {
        foreach (var (name, script) in new[] { ("node", "echo v20.0.0"), ("npm", npm) })
        {
            var path = Path.Combine(_path.Path, name);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\n{script}\n", Cancellation);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return await NodeProgram.FindAsync(_path.Path, Cancellation);
    }
}
