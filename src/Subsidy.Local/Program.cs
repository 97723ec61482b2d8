using Azure.Data.Tables;
using Subsidy.Local;
using Subsidy.Local.Azurite;
using Subsidy.Local.Bank;
using Subsidy.Local.Demo;
using Subsidy.Local.Mailbox;
using Subsidy.Storage.Clock;
using Subsidy.Web;
using Subsidy.Web.Clock;
using Subsidy.Web.Pages.Clock;

return await LocalCommand.InvokeAsync(args, Console.Out, Console.Error, async (options, cancellation) =>
{
    using var folder = await DataFolder.OpenAsync(options.Data, options.Fresh, TimeProvider.System, Console.WriteLine, cancellation);
    await using var storage = await AzuriteProcess.StartAsync(folder.Azurite, TimeProvider.System, Console.WriteLine, cancellation);
    var clock = new MovedClock(new TableClockOffset(new TableServiceClient(storage.ConnectionString)), TimeProvider.System);
    await clock.RefreshAsync(cancellation);
    using var mailbox = MailboxStore.Open(folder.Mailbox, clock);
    var demo = await DemoFill.PrepareAsync(options, clock, mailbox, cancellation);

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseUrls(options.Urls);
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // a failed start is told in one sentence
    builder.Services.AddLocalHead(folder, storage.ConnectionString, clock, mailbox, options.Address);

    await using var app = builder.Build();
    demo.Services = app.Services;
    app.MapMailbox().MapBank().MapClockPage();
    app.UseSubsidyWeb();
    return await app.ServeAsync(folder.Path, storage.Lost, demo.FillAsync, cancellation);
}, Verbs.All);
