using Subsidy.Local.Mailbox;

namespace Subsidy.Local.Tests.Mailbox;

public sealed class MailboxStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "mailbox.jsonl");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_accepted_mail_is_on_the_disk_before_the_store_is_closed()
    {
        using var store = Open();
        await store.AcceptAsync(Mail("first"), Cancellation);

        using var copy = new StreamReader(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Contains("first", await copy.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_are_there_again_after_a_restart_and_more_can_follow()
    {
        using (var store = Open())
            await store.AcceptAsync(Mail("first"), Cancellation);
        using (var store = Open())
            await store.AcceptAsync(Mail("second"), Cancellation);

        using var last = Open();
        Assert.Equal(["first", "second"], last.Messages().Select(message => message.Subject));
    }

    [Fact]
    public async Task Half_a_line_of_a_killed_process_was_never_accepted_and_is_dropped()
    {
        using (var store = Open())
            await store.AcceptAsync(Mail("first"), Cancellation);
        await System.IO.File.AppendAllTextAsync(File, "[{\"id\":\"x\",\"sub", Cancellation);

        using (var store = Open())
            await store.AcceptAsync(Mail("second"), Cancellation);

        using var last = Open();
        Assert.Equal(["first", "second"], last.Messages().Select(message => message.Subject));
    }

    [Fact]
    public async Task A_damaged_line_is_one_clear_sentence_and_nothing_is_dropped()
    {
        using (var store = Open())
            await store.AcceptAsync(Mail("first"), Cancellation);
        var damaged = "{broken}\n" + await System.IO.File.ReadAllTextAsync(File, Cancellation);
        await System.IO.File.WriteAllTextAsync(File, damaged, Cancellation);

        var error = Assert.Throws<CannotStartException>(Open);

        Assert.StartsWith($"The mailbox {File} cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, await System.IO.File.ReadAllTextAsync(File, Cancellation));
    }

    [Theory]
    [InlineData("Open http://localhost:7071/decisions/abc_1-2.", "http://localhost:7071/decisions/abc_1-2")]
    [InlineData("请打开http://localhost:7071/applications/7?key=a%20b，谢谢。", "http://localhost:7071/applications/7?key=a%20b")]
    [InlineData("(see https://example.test/a/)", "https://example.test/a/")]
    [InlineData("<https://example.test/a>", "https://example.test/a")]
    public async Task A_link_in_the_text_ends_where_the_sentence_goes_on(string text, string link)
    {
        using var store = Open();
        await store.AcceptAsync(Mail("links") with { Content = [new MailContent("text/plain", text)] }, Cancellation);

        Assert.Equal([link], Assert.Single(store.Messages()).Links);
    }

    private MailboxStore Open() => MailboxStore.Open(File, TimeProvider.System);

    private static MailSendRequest Mail(string subject) => new(
        [new Personalization([new MailAddress("clerk@example.test", null)], null, null, null, null, null)],
        new MailAddress("office@example.test", null), subject, [new MailContent("text/plain", "text")], null, null, null);
}
