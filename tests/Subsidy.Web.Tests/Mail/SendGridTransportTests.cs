using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Subsidy.Core.Engine;
using Subsidy.Web.Mail;

namespace Subsidy.Web.Tests.Mail;

/// <summary>SendGrid's own client against a server on loopback that answers as the provider does.</summary>
public sealed class SendGridTransportTests
{
    private static readonly OutgoingMail Mail = new("li@example.org", "题目", "text", "<p>html</p>", "k7qm3wxtpb9c-3-mail-li");

    [Fact]
    public async Task The_duty_travels_with_the_mail_and_nothing_is_tracked()
    {
        JsonNode? body = null;
        await using var provider = await Provider.StartAsync(async context =>
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            context.Response.StatusCode = 202;
            context.Response.Headers["X-Message-Id"] = "message-7";
        });
        using var transport = provider.Transport();

        Assert.Equal("message-7", await transport.SendAsync(Mail, TestContext.Current.CancellationToken));
        var custom = body!["custom_args"] ?? body["personalizations"]![0]!["custom_args"];
        Assert.Equal(Mail.Duty, custom!["duty"]!.GetValue<string>());
        Assert.False(body["tracking_settings"]!["click_tracking"]!["enable"]!.GetValue<bool>());
        Assert.False(body["tracking_settings"]!["click_tracking"]!["enable_text"]!.GetValue<bool>());
        Assert.False(body["tracking_settings"]!["open_tracking"]!["enable"]!.GetValue<bool>());
        Assert.Equal(["text/plain", "text/html"], body["content"]!.AsArray().Select(part => part!["type"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(400, """{"errors":[{"message":"Does not contain a valid address.","field":"personalizations.0.to.0.email"}]}""", MailFaults.AddressRejected)]
    [InlineData(400, """{"errors":[{"message":"The from address does not match.","field":"from"}]}""", MailFaults.Refused)]
    [InlineData(400, "not json", MailFaults.Refused)]
    [InlineData(401, "{}", MailFaults.Refused)]
    [InlineData(429, "{}", MailFaults.Throttled)]
    [InlineData(503, "{}", MailFaults.Unavailable)]
    public async Task What_the_provider_refuses_is_told_by_its_class_and_asked_once(int status, string answer, string reason)
    {
        var asked = 0;
        await using var provider = await Provider.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });
        using var transport = provider.Transport();

        var failure = await Assert.ThrowsAsync<MailException>(() => transport.SendAsync(Mail, TestContext.Current.CancellationToken));

        Assert.Equal(reason, failure.Message);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_unavailable()
    {
        string address;
        await using (var gone = await Provider.StartAsync(_ => Task.CompletedTask))
            address = gone.Address;
        using var transport = Provider.Transport(address);

        var failure = await Assert.ThrowsAsync<MailException>(() => transport.SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.Equal(MailFaults.Unavailable, failure.Message);
    }

    private sealed class Provider(IHost host, string address) : IAsyncDisposable
    {
        public string Address => address;

        public static async Task<Provider> StartAsync(RequestDelegate answer)
        {
            var host = new HostBuilder().ConfigureWebHost(web => web
                .UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0))
                .Configure(app => app.Run(answer))).Build();
            await host.StartAsync(TestContext.Current.CancellationToken);
            var server = host.Services.GetRequiredService<IServer>();
            var addresses = server.Features.Get<IServerAddressesFeature>()!;
            return new Provider(host, addresses.Addresses.Single());
        }

        public SendGridTransport Transport() => Transport(address);

        public static SendGridTransport Transport(string host)
        {
            var settings = new WebSettings();
            settings.Mail.SendGrid.Host = host;
            settings.Mail.SendGrid.ApiKey = "SG.test";
            return new SendGridTransport(Options.Create(settings));
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(TestContext.Current.CancellationToken);
            host.Dispose();
        }
    }
}
