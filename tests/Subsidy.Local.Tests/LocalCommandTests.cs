namespace Subsidy.Local.Tests;

public sealed class LocalCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private LocalOptions? _asked;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Without_arguments_it_serves_where_the_contract_says_and_keeps_its_data_beside()
    {
        Assert.Equal(0, await InvokeAsync());
        Assert.Equal(new LocalOptions("http://localhost:7071", ".data", Fresh: false, Demo: false), _asked);
    }

    [Fact]
    public async Task Every_option_is_taken()
    {
        Assert.Equal(0, await InvokeAsync("--urls", "http://127.0.0.1:0;http://*:81", "--data", "d", "--fresh", "--demo"));
        Assert.Equal(new LocalOptions("http://127.0.0.1:0;http://*:81", "d", Fresh: true, Demo: true), _asked);
    }

    [Theory]
    [InlineData("--unknown", "--unknown")]
    [InlineData("serve", "serve")]
    [InlineData("--urls", "--urls")]
    [InlineData("localhost:7071", "--urls", "localhost:7071")]
    [InlineData("http://127.0.0.1:80x", "--urls", "http://127.0.0.1:80x")]
    [InlineData("ftp://127.0.0.1", "--urls", "http://127.0.0.1:7071;ftp://127.0.0.1")]
    [InlineData("perhaps", "--fresh", "perhaps")]
    public async Task What_is_not_understood_is_named_runs_nothing_and_ends_with_2(string named, params string[] arguments)
    {
        Assert.Equal(2, await InvokeAsync(arguments));
        Assert.Null(_asked);
        Assert.Contains(named, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Usage:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_it_from_starting_is_one_sentence_and_1()
    {
        Assert.Equal(1, await LocalCommand.InvokeAsync([], _output, _error, (_, _) => throw new CannotStartException("The door is locked.")));
        Assert.Equal("The door is locked." + Environment.NewLine, _error.ToString());
    }

    [Fact]
    public async Task The_exit_code_of_serving_is_that_of_the_program() =>
        Assert.Equal(7, await LocalCommand.InvokeAsync([], _output, _error, (_, _) => Task.FromResult(7)));

    private Task<int> InvokeAsync(params string[] arguments) => LocalCommand.InvokeAsync(arguments, _output, _error, (options, _) =>
    {
        _asked = options;
        return Task.FromResult(0);
    });
}
