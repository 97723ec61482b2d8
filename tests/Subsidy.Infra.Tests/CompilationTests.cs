namespace Subsidy.Infra.Tests;

public sealed class CompilationTests(Infrastructure infrastructure)
{
    [Fact]
    public void The_template_compiles_without_a_warning()
    {
        Assert.Empty(infrastructure.Build.Complaints);
        Assert.Equal(0, infrastructure.Build.ExitCode);
    }

    [Theory, MemberData(nameof(Infrastructure.EnvironmentNames), MemberType = typeof(Infrastructure))]
    public void Every_parameter_file_compiles_without_a_warning_and_tells_what_would_be_deployed(string environment)
    {
        var prediction = infrastructure.Environments[environment];
        Assert.Empty(prediction.Answer.Complaints);
        Assert.Equal(0, prediction.Answer.ExitCode);
        Assert.Empty(prediction.Complaints);
        Assert.Single(prediction.OfType("Microsoft.Web/sites"));
    }

    [Fact]
    public void There_is_an_environment_for_trying_for_the_scheduler_for_production_and_for_China() =>
        Assert.Equal(["china", "production", "scheduler", "test"], infrastructure.Environments.Keys.Order());

    [Fact]
    public void Compiling_needs_no_network_because_nothing_comes_from_a_registry()
    {
        foreach (var file in Bicep())
            Assert.DoesNotMatch(@"(?m)'(br|ts)[:/]|^\s*(extension|provider)\s", File.ReadAllText(file));
    }

    [Fact]
    public void Every_module_is_used()
    {
        var main = Repository.Read("infra/main.bicep");
        Assert.All(Bicep().Where(x => x.Contains("modules", StringComparison.Ordinal)), file => Assert.Contains($"'modules/{Path.GetFileName(file)}'", main));
    }

    private static IEnumerable<string> Bicep() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.bicep", SearchOption.AllDirectories);
}
