using Microsoft.Extensions.Options;
using Subsidy.Web.Mail;

namespace Subsidy.Web;

/// <summary>Says at the start which setting is wrong, and what would be right.</summary>
internal sealed class WebSettingsRules : IValidateOptions<WebSettings>
{
    public ValidateOptionsResult Validate(string? name, WebSettings options)
    {
        var wrong = new List<string>();
        if (!Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || options.PublicBaseUrl.EndsWith('/'))
            wrong.Add($"PublicBaseUrl: \"{options.PublicBaseUrl}\" is not an http(s) address without a slash at its end.");
        if (options is { AllowLocalSignIn: true, PlatformSignsIn: true })
            wrong.Add("AllowLocalSignIn and PlatformSignsIn exclude each other: where the platform signs people in, nobody may choose whom to be.");
        if (options.TrustedProxies < 0)
            wrong.Add($"TrustedProxies: {options.TrustedProxies} is no number of proxies; 0 believes none.");
        if (!options.Mail.From.Contains('@', StringComparison.Ordinal))
            wrong.Add($"Mail.From: \"{options.Mail.From}\" is not an address.");
        if (options.Mail.Provider is MailProvider.SendGrid)
        {
            if (options.Mail.SendGrid.ApiKey.Length == 0)
                wrong.Add("Mail.SendGrid.ApiKey is empty; set the key, or choose the provider Smtp.");
            if (!Uri.TryCreate(options.Mail.SendGrid.Host, UriKind.Absolute, out _))
                wrong.Add($"Mail.SendGrid.Host: \"{options.Mail.SendGrid.Host}\" is not an address.");
        }
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
