using System.Net;
using System.Text.RegularExpressions;

namespace Subsidy.EndToEnd.Walking;

/// <summary>Pages and their forms, with cookies, as a browser without script has them.</summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose() => http.Dispose();

    public async Task SignInAsync(string staff)
    {
        using var answer = await SendAsync("/sign-in", "/sign-in", ("staff", staff));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    public async Task<string> OpenAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{(int)answer.StatusCode} {path}: {page}");
        return page;
    }

    /// <summary>Opens the page on which the form is, fills it in and sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await OpenAsync(page));
        Assert.True(token.Success, $"{page} has no form.");
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", WebUtility.HtmlDecode(token.Groups["token"].Value)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await http.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    /// <summary>The same with a file beside the fields.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, (string Name, string File, byte[] Content) file, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await OpenAsync(page));
        Assert.True(token.Success, $"{page} has no form.");
        using var form = new MultipartFormDataContent { { new StringContent(WebUtility.HtmlDecode(token.Groups["token"].Value)), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(file.Content), file.Name, file.File);
        return await http.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
