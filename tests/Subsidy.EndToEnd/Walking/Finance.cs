using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Subsidy.EndToEnd.Walking;

/// <summary>The township's finance office: who prepares pay runs, who approves them, and the simulated bank across the road.</summary>
public sealed partial class Finance(Head head) : IDisposable
{
    private static readonly XNamespace Order = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private readonly Browser preparer = new(head.Address);
    private readonly Browser approver = new(head.Address);
    private readonly HttpClient bank = head.Client();
    private readonly HttpClient mails = new() { BaseAddress = head.Mailbox };

    public void Dispose()
    {
        preparer.Dispose();
        approver.Dispose();
        bank.Dispose();
        mails.Dispose();
    }

    /// <summary>Another head has started on the same data: the cookies hold, or they are got anew.</summary>
    public async Task SignInAsync()
    {
        await preparer.SignInAsync("qian-duoduo");
        await approver.SignInAsync("bao-qingtian");
    }

    /// <summary>The fund of the year that the township's clock shows.</summary>
    public async Task<string> FundAsync(string code)
    {
        var clock = await bank.GetFromJsonAsync<JsonObject>("/clock");
        return string.Create(CultureInfo.InvariantCulture, $"{code}-{clock!["now"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).Year}");
    }

    /// <summary>One prepares a run over what is due; it is shown once it is ready. Returns its number.</summary>
    public async Task<string> PrepareAsync(string fund)
    {
        var run = await OpenAsync(fund);
        await DigestAsync(run);
        return run;
    }

    /// <summary>The same, but it is not waited for.</summary>
    public async Task<string> OpenAsync(string fund)
    {
        var key = Key().Match(await preparer.OpenAsync("/finance/runs")).Groups["key"].Value;
        using var opened = await preparer.SendAsync("/finance/runs", "/finance/runs", ("/fund", fund), ("/until", $"{fund[^4..]}-12-31"), ("key", key));
        Assert.True(opened.StatusCode is HttpStatusCode.SeeOther, await opened.Content.ReadAsStringAsync());
        return opened.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>Another person approves it.</summary>
    public async Task ApproveAsync(string run)
    {
        using var approved = await TryApproveAsync(approver, run);
        Assert.True(approved.StatusCode is HttpStatusCode.SeeOther, await approved.Content.ReadAsStringAsync());
    }

    /// <summary>The link that the mail asking a member of staff for this run carries; null when they have got none.</summary>
    public async Task<Uri?> LinkAsync(string run, string staff)
    {
        var sent = await mails.GetFromJsonAsync<JsonArray>($"/mailbox/messages?to={staff}@qingxi.example.org");
        return sent!.Where(mail => mail!["subject"]!.GetValue<string>().Contains(run, StringComparison.Ordinal))
            .SelectMany(mail => mail!["links"]!.AsArray()).Select(link => new Uri(link!.GetValue<string>())).FirstOrDefault();
    }

    /// <summary>The approver follows the link of the mail as soon as it is there, without signing in, and decides.</summary>
    public async Task<Uri> ApproveByMailAsync(string run)
    {
        Uri? link = null;
        for (var i = 0; i < 300 && (link = await LinkAsync(run, "bao-qingtian")) is null; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.NotNull(link);
        using var anybody = new Browser(head.Address);
        var shown = Digest().Match(await anybody.OpenAsync(link.AbsolutePath));
        using var approved = await anybody.SendAsync(link.AbsolutePath, link.AbsolutePath, ("decision", "approve"), ("digest", shown.Groups["digest"].Value));
        Assert.True(approved.StatusCode is HttpStatusCode.SeeOther, await approved.Content.ReadAsStringAsync());
        return link;
    }

    /// <summary>Decides by a link once more, as a program: what it is told.</summary>
    public async Task<(HttpStatusCode Status, string Told)> DecideAgainAsync(Uri link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link.AbsolutePath) { Content = JsonContent.Create(new { decision = "approve", digest = "" }) };
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await bank.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>());
    }

    /// <summary>Who prepared it tries to approve it.</summary>
    public async Task<HttpStatusCode> ApproveOwnAsync(string run)
    {
        using var answer = await TryApproveAsync(preparer, run);
        return answer.StatusCode;
    }

    /// <summary>Fetches the bank file once it is there. Returns the end-to-end ids in it, in order.</summary>
    public async Task<IReadOnlyList<string>> DownloadAsync(string run)
    {
        await UntilAsync($"/finance/runs/{run}", Files());
        using var file = await preparer.SendAsync($"/finance/runs/{run}", $"/finance/runs/{run}/files", ("kind", "PaymentOrder"));
        Assert.Equal("application/xml", file.Content.Headers.ContentType!.MediaType);
        var document = XDocument.Parse(await file.Content.ReadAsStringAsync());
        return [.. document.Descendants(Order + "EndToEndId").Select(id => id.Value)];
    }

    /// <summary>Prepared, approved, fetched.</summary>
    public async Task<string> SendAsync(string fund)
    {
        await SignInAsync();
        var run = await PrepareAsync(fund);
        await ApproveAsync(run);
        await DownloadAsync(run);
        return run;
    }

    /// <summary>Cash from the bank into the cash box of the fund.</summary>
    public async Task AdvanceAsync(string fund, int yuan, string document)
    {
        var page = $"/finance/funds/{fund}/petty";
        var key = Key().Match(await preparer.OpenAsync(page)).Groups["key"].Value;
        using var advanced = await preparer.SendAsync(
            page, page, ("key", key), ("confirm", "yes"), ("/direction", "in"), ("/amount", yuan.ToString(CultureInfo.InvariantCulture)), ("/document", document));
        Assert.True(advanced.StatusCode is HttpStatusCode.SeeOther, await advanced.Content.ReadAsStringAsync());
    }

    /// <summary>Who prepares has handed it over on the spot and signs for it, with a photo of the receipt. Returns the address of the handover.</summary>
    public async Task<string> HandOverAsync(Filed filed, string receipt, string witness)
    {
        var page = $"/finance/cases/{filed.Id}/handover?of={filed.Id}-once";
        using var signed = await preparer.SendAsync(
            page, page, ("photos", "receipt.jpg", Samples.Jpeg()), ("/kind", "cash"), ("/document", receipt), ("/witness", witness));
        Assert.True(signed.StatusCode is HttpStatusCode.SeeOther, await signed.Content.ReadAsStringAsync());
        return signed.Headers.Location!.ToString();
    }

    /// <summary>The witness follows the link of the mail as soon as it is there, signs in, looks, and signs.</summary>
    public async Task<string> WitnessAsync(Filed filed, string witness)
    {
        string? link = null;
        for (var i = 0; i < 300 && link is null; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            link = (await mails.GetFromJsonAsync<JsonArray>($"/mailbox/messages?to={witness}@qingxi.example.org"))!
                .SelectMany(mail => mail!["links"]!.AsArray()).Select(address => new Uri(address!.GetValue<string>()).AbsolutePath)
                .FirstOrDefault(address => address.StartsWith($"/finance/cases/{filed.Id}/handovers/", StringComparison.Ordinal));
        }
        Assert.NotNull(link);
        using var browser = new Browser(head.Address);
        await browser.SignInAsync(witness);
        using var signed = await browser.SendAsync(link, link);
        Assert.True(signed.StatusCode is HttpStatusCode.SeeOther, await signed.Content.ReadAsStringAsync());
        return link;
    }

    public Task<string> PageAsync(string path) => preparer.OpenAsync(path);

    /// <summary>What the bank does with the file of a run; answered once everything that follows is done.</summary>
    public async Task BankAsync(string run, string deed, IReadOnlyList<string>? payments = null, string? code = null, string? after = null)
    {
        using var answer = await bank.PostAsJsonAsync("/bank/answers", new { run, Do = deed, payments, code, after });
        await Township.TakenAsync(answer);
    }

    /// <summary>Waits until the bank has put an answer into the inbox.</summary>
    public Task UntilAnsweredAsync() => UntilAsync("/bank", Answered());

    public Task<string> LedgerAsync(string fund) => preparer.OpenAsync($"/finance/funds/{fund}/ledger.csv");

    /// <summary>A run's events, as the auditor takes them away to prove them.</summary>
    public async Task<string[]> HistoryAsync(string run)
    {
        using var auditor = new Browser(head.Address);
        await auditor.SignInAsync("yan-ming");
        return (await auditor.OpenAsync($"/finance/runs/{run}/history.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Answers of the bank that were refused, as the page lists them.</summary>
    public Task<string> RefusedAsync() => preparer.OpenAsync("/finance/answers");

    private async Task<HttpResponseMessage> TryApproveAsync(Browser who, string run) =>
        await who.SendAsync($"/finance/runs/{run}", $"/finance/runs/{run}/approval", ("digest", await DigestAsync(run)));

    /// <summary>Of what the approver is shown.</summary>
    private async Task<string> DigestAsync(string run) =>
        (await UntilAsync($"/finance/runs/{run}", Digest(), approver)).Groups["digest"].Value;

    /// <summary>A run is carried on beside us; all a browser can do is look again. Bounded: about a minute.</summary>
    private async Task<Match> UntilAsync(string path, Regex sought, Browser? who = null)
    {
        var page = "";
        for (var i = 0; i < 300; i++)
        {
            page = await (who ?? preparer).OpenAsync(path);
            if (sought.Match(page) is { Success: true } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        throw new InvalidOperationException($"{path} does not come to {sought}: {page}");
    }

    [GeneratedRegex("name=\"digest\" value=\"(?<digest>[0-9a-f]{64})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();

    [GeneratedRegex("name=\"key\" value=\"(?<key>[0-9a-f]{64})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("answers</span> [1-9]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answered();

    [GeneratedRegex("action=\"/finance/runs/[^\"]+/files\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Files();
}
