using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Web.Tests.Site;

namespace Subsidy.Web.Tests.Pages;

/// <summary>What holds for all pages, read from their sources.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void Every_word_is_there_in_both_languages_with_the_same_places_to_fill_in()
    {
        foreach (var english in Directory.GetFiles(Words(), "*.resx").Where(file => !file.EndsWith(".zh-CN.resx", StringComparison.Ordinal)))
        {
            var chinese = Read(english.Replace(".resx", ".zh-CN.resx", StringComparison.Ordinal));
            var words = Read(english);
            Assert.Equal(words.Keys.Order(), chinese.Keys.Order());
            foreach (var (key, word) in words)
                Assert.Equal(Places(word), Places(chinese[key]));
        }
    }

    [Fact]
    public void Every_word_that_a_page_says_exists()
    {
        foreach (var page in Pages())
        {
            var source = File.ReadAllText(page);
            var sets = Injected().Matches(source).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["set"].Value);
            sets["Site"] = "SiteWords";
            foreach (var use in Uses().Matches(source).Where(use => sets.ContainsKey(use.Groups["name"].Value)))
                Assert.True(Read(Path.Combine(Words(), $"{sets[use.Groups["name"].Value]}.resx")).ContainsKey(use.Groups["word"].Value), $"{Path.GetFileName(page)}: {use.Value}");
        }
    }

    [Fact]
    public void Every_event_has_a_name_for_the_auditor()
    {
        var words = Read(Path.Combine(Words(), "AuditWords.resx"));
        foreach (var type in typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType))
            Assert.Contains($"Event.{type.Name}", words.Keys);
    }

    [Fact]
    public void Every_event_of_a_pay_run_has_words_in_its_history()
    {
        var words = Read(Path.Combine(Words(), "RunHistoryWords.resx"));
        foreach (var type in typeof(PayRunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType))
            Assert.Contains($"Event.{type.Name}", words.Keys);
    }

    [Fact]
    public void No_page_carries_a_style_or_a_script_of_its_own()
    {
        foreach (var page in Pages())
            Assert.DoesNotMatch(@"\sstyle=|<style|<script|\son[a-z]+=", File.ReadAllText(page));
    }

    /// <summary>On a telephone a table is wider than the page; not every browser lets the keyboard into what scrolls (WCAG 2.1.1).</summary>
    [Fact]
    public void Every_table_that_scrolls_is_reached_by_the_keyboard_and_has_a_name()
    {
        foreach (var page in Pages())
        {
            foreach (var scroll in Scrolls().Matches(File.ReadAllText(page)).Select(match => match.Value))
            {
                Assert.Contains("tabindex=\"0\"", scroll, StringComparison.Ordinal);
                Assert.Contains("aria-label", scroll, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_page_writes_chinese_into_its_markup()
    {
        foreach (var page in Pages().Where(page => Path.GetFileName(page) is not "LanguageSwitch.razor"))
            Assert.DoesNotMatch(@"[\u4e00-\u9fff]", File.ReadAllText(page));
    }

    [Fact]
    public async Task The_style_sheets_may_be_kept_for_ever_because_their_address_changes_with_them()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await new Browser(site).OpenAsync("/");
        var sheets = Sheets().Matches(browser.Page).Select(match => match.Groups["path"].Value).ToList();
        Assert.Equal(2, sheets.Count);
        foreach (var sheet in sheets)
        {
            using var response = await site.Http.GetAsync(sheet, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("text/css", response.Content.Headers.ContentType!.MediaType);
        }
    }

    private static string[] Pages() => Directory.GetFiles(Path.Combine(Web(), "Pages"), "*.razor", SearchOption.AllDirectories);

    private static Dictionary<string, string> Read(string resx) => XDocument.Load(resx).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Places(string word) => Place().Matches(word).Select(match => match.Value).Distinct().Order();

    private static string Words() => Path.Combine(Web(), "Resources", "Pages");

    private static string Web([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Subsidy.Web");

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex("<div class=\"scroll\"[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Scrolls();

    [GeneratedRegex(@"@inject IStringLocalizer<(?<set>\w+)> (?<name>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Injected();

    [GeneratedRegex(@"\b(?<name>\w+)\[""(?<word>[A-Za-z0-9.]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Uses();

    [GeneratedRegex("rel=\"stylesheet\" href=\"(?<path>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Sheets();
}
