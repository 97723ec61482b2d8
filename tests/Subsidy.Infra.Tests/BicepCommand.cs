using System.Diagnostics;

namespace Subsidy.Infra.Tests;

/// <summary>What a run of the Bicep compiler said.</summary>
public sealed record BicepAnswer(int ExitCode, string Output, string Complaints);

/// <summary>Runs the Bicep compiler; without network, since no file here names a module of a registry.</summary>
internal static class BicepCommand
{
    /// <summary>Who deploys, in the predictions; stands in every place where that person is given a role.</summary>
    public const string Deployer = "11111111-1111-1111-1111-111111111111";

    public static async Task<BicepAnswer> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Bicep, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(x => x.StartsWith("SUBSIDY_", StringComparison.Ordinal) || x.StartsWith("AZURE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AZURE_PRINCIPAL_ID"] = Deployer;
        start.Environment["SUBSIDY_SIGN_IN_CLIENT_ID"] = "44444444-4444-4444-4444-444444444444";

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Repository.Bicep} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await complaints);
    }
}
