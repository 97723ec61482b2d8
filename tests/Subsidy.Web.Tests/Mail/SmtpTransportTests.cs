using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Subsidy.Core.Engine;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Mail;

/// <summary>MailKit against a server on loopback that answers as mail servers do.</summary>
public sealed class SmtpTransportTests
{
    private static readonly OutgoingMail Mail = new("li@example.org", "题目", "text", "<p>html</p>", "k7qm3wxtpb9c-3-mail-li");

    [Fact]
    public async Task The_message_id_derives_from_the_duty_so_that_a_repeated_mail_is_recognised()
    {
        using var server = new Server("250 2.1.5 OK");

        var first = await server.Transport().SendAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal("k7qm3wxtpb9c-3-mail-li@township.example", first);
        Assert.Contains("Message-Id: <k7qm3wxtpb9c-3-mail-li@township.example>", await server.ReceivedAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", MailFaults.AddressRejected)]
    [InlineData("450 4.7.1 Slow down", MailFaults.Throttled)]
    public async Task What_the_server_refuses_is_told_by_its_class(string answer, string reason)
    {
        using var server = new Server(answer);

        var failure = await Assert.ThrowsAsync<MailException>(() => server.Transport().SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.Equal(reason, failure.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        var server = new Server("250 OK");
        server.Dispose();

        var failure = await Assert.ThrowsAsync<MailException>(() => server.Transport().SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.Equal(MailFaults.Unavailable, failure.Message);
    }

    /// <summary>Takes one mail; <paramref name="recipient"/> is its answer to RCPT TO.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task<string> _session;
        private readonly int _port;

        public Server(string recipient)
        {
            _listener.Start();
            _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _session = ServeAsync(recipient);
        }

        public SmtpTransport Transport()
        {
            var settings = new WebSettings();
            settings.Mail.Smtp = new SmtpSettings { Host = "127.0.0.1", Port = _port, Security = SmtpSecurity.None };
            return new SmtpTransport(Options.Create(settings), new FakeTimeProvider());
        }

        public Task<string> ReceivedAsync() => _session;

        public void Dispose() => _listener.Dispose();

        private async Task<string> ServeAsync(string recipient)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                return await ConverseAsync(reader, writer, recipient);
            }
            catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                return "";
            }
        }

        private static async Task<string> ConverseAsync(StreamReader reader, StreamWriter writer, string recipient)
        {
            var mail = new StringBuilder();
            await writer.WriteLineAsync("220 ready");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync() is { } content && content != ".")
                        mail.AppendLine(content);
                }
                await writer.WriteLineAsync(line switch
                {
                    _ when line.StartsWith("RCPT", StringComparison.Ordinal) => recipient,
                    _ when line.StartsWith("QUIT", StringComparison.Ordinal) => "221 bye",
                    _ => "250 OK",
                });
            }
            return mail.ToString();
        }
    }
}
