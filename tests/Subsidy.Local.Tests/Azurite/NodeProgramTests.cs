using System.Runtime.Versioning;
using Subsidy.Local.Azurite;

namespace Subsidy.Local.Tests.Azurite;

[UnsupportedOSPlatform("windows")] // node is played by a shell script
public sealed class NodeProgramTests : IDisposable
{
    private readonly TemporaryFolder _path = new();

    public void Dispose() => _path.Dispose();

    [Fact]
    public async Task A_machine_without_node_is_told_what_to_install()
    {
        var error = await Assert.ThrowsAsync<CannotStartException>(FindAsync);

        Assert.StartsWith("Node.js was not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("install Node.js 20 or newer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v18.19.1")]
    [InlineData("v9.0.0")]
    [InlineData("not a version")]
    public async Task A_node_that_is_too_old_is_named_with_its_version(string version)
    {
        await PlaceAsync("node", version);

        var error = await Assert.ThrowsAsync<CannotStartException>(FindAsync);

        Assert.Contains($"\"{version}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("too old", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v20.0.0")]
    [InlineData("v104.1.0")]
    public async Task A_node_of_version_20_or_newer_is_taken(string version)
    {
        await PlaceAsync("node", version);

        Assert.Equal(Path.Combine(_path.Path, "node"), (await FindAsync()).Node);
    }

    [Fact]
    public async Task A_node_without_npm_is_enough_until_something_must_be_installed()
    {
        await PlaceAsync("node", "v22.1.0");
        var node = await FindAsync();

        var error = Assert.Throws<CannotStartException>(() => node.Npm);

        Assert.Contains("npm was not found", error.Message, StringComparison.Ordinal);
    }

    private Task<NodeProgram> FindAsync() => NodeProgram.FindAsync(_path.Path, TestContext.Current.CancellationToken);

    private async Task PlaceAsync(string program, string says)
    {
        var path = Path.Combine(_path.Path, program);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\necho '{says}'\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
