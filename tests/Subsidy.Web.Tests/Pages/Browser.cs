using System.Net;
using System.Text.RegularExpressions;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>A browser without scripts: it keeps cookies, follows what it is told to look at, and sends the forms of the page it shows.</summary>
internal sealed partial class Browser(TestSite site)
{
    private readonly CookieContainer _cookies = new();

    public Uri Address { get; private set; } = new("http://localhost/");
    public HttpStatusCode Status { get; private set; }

    /// <summary>The page's markup, with entities read.</summary>
    public string Page { get; private set; } = "";

    public string Language { get; set; } = "zh-CN";

    /// <summary>Everything that it was given to keep.</summary>
    public string Cookies => string.Join(' ', _cookies.GetAllCookies().Select(cookie => cookie.ToString()));

    /// <summary>A member of staff at an English browser; the site must allow choosing whom to be.</summary>
    public static async Task<Browser> SignedInAsync(TestSite site, string staff)
    {
        var browser = await new Browser(site) { Language = "en" }.OpenAsync("/sign-in");
        return await browser.PostAsync("/sign-in", [("staff", staff)]);
    }

    public Task<Browser> OpenAsync(string path) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts to the address with the page's hidden inputs, of which the given ones replace those of the same name.</summary>
    public Task<Browser> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string File, byte[] Content)[] files)
    {
        var given = fields.ToList();
        var hidden = Hidden(path).Where(pair => given.All(field => field.Name != pair.Name));
        return SendAsync(() =>
        {
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in hidden.Concat(given))
                form.Add(new StringContent(value), $"\"{name}\"");
            foreach (var (name, file, content) in files)
                form.Add(new ByteArrayContent(content), $"\"{name}\"", file);
            return new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        });
    }

    /// <summary>What the page's form to the address answers with, as a file.</summary>
    public async Task<byte[]> FileAsync(string path)
    {
        using var form = new FormUrlEncodedContent(Hidden(path).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        using var response = await AnswerAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The form's token, for posting what no form of the page would.</summary>
    public string Token => Value("__RequestVerificationToken");

    public string Value(string name) => Hidden(null).First(pair => pair.Name == name).Value;

    private List<(string Name, string Value)> Hidden(string? action)
    {
        var forms = Forms().Matches(Page).Select(match => match.Value).Where(form => action is null || form.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        // Two forms may go to the same address; what they have in common is sent once.
        return [.. forms.SelectMany(form => HiddenInputs().Matches(form)).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value)).Distinct()];
    }

    private async Task<Browser> SendAsync(Func<HttpRequestMessage> make)
    {
        using var request = make();
        using var response = await AnswerAsync(request);
        if (response.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Redirect)
            return await OpenAsync(response.Headers.Location!.ToString());
        Status = response.StatusCode;
        Page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return this;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        Address = new Uri(new Uri("http://localhost/"), request.RequestUri!);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", Language);
        if (_cookies.GetCookieHeader(Address) is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
        var response = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            _cookies.SetCookies(Address, cookie);
        return response;
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex HiddenInputs();
}
