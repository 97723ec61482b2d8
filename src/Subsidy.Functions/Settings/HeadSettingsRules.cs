using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Subsidy.Functions.Settings;

/// <summary>Says at the start which setting is wrong, and what would be right.</summary>
internal sealed class HeadSettingsRules(IHostEnvironment environment) : IValidateOptions<HeadSettings>
{
    public ValidateOptionsResult Validate(string? name, HeadSettings options)
    {
        var wrong = new List<string>();
        if (environment.IsDevelopment() && options.Storage.ConnectionString is { Length: > 0 })
        {
            if (string.IsNullOrEmpty(options.KeyVault.MasterKeyFile))
                wrong.Add("Subsidy__KeyVault__MasterKeyFile: name a file for the master key; it is made when missing.");
            return Result(wrong);
        }
        if (options.Storage.ConnectionString is { Length: > 0 })
            wrong.Add("Subsidy__Storage__ConnectionString: keys are for Development only; set the endpoints, the identity does the rest.");
        if (options.KeyVault.MasterKeyFile is { Length: > 0 })
            wrong.Add("Subsidy__KeyVault__MasterKeyFile: a file is for Development only; set MasterKeyUri.");
        Address(wrong, "Storage__TableEndpoint", options.Storage.TableEndpoint);
        Address(wrong, "Storage__BlobEndpoint", options.Storage.BlobEndpoint);
        Address(wrong, "Storage__QuarantineBlobEndpoint", options.Storage.QuarantineBlobEndpoint);
        Address(wrong, "KeyVault__MasterKeyUri", options.KeyVault.MasterKeyUri);
        Address(wrong, "DataProtection__BlobUri", options.DataProtection.BlobUri);
        return Result(wrong);
    }

    private static void Address(List<string> wrong, string setting, Uri? value)
    {
        if (value is not { IsAbsoluteUri: true, Scheme: "https" })
            wrong.Add($"Subsidy__{setting}: \"{value}\" is not an https address.");
    }

    private static ValidateOptionsResult Result(List<string> wrong) =>
        wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
}
