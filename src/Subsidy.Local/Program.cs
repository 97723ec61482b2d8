using Azure.Data.Tables;
using Subsidy.Local;
using Subsidy.Local.Azurite;
using Subsidy.Local.Mailbox;
using Subsidy.Storage.Clock;
using Subsidy.Web.Clock;

return await LocalCommand.InvokeAsync(args, Console.Out, Console.Error, async (options, cancellation) =>
{
    using var folder = await DataFolder.OpenAsync(options.Data, options.Fresh, TimeProvider.System, Console.WriteLine, cancellation);
    await using var storage = await AzuriteProcess.StartAsync(folder.Azurite, TimeProvider.System, Console.WriteLine, cancellation);
    var clock = new MovedClock(new TableClockOffset(new TableServiceClient(storage.ConnectionString)), TimeProvider.System);
    await clock.RefreshAsync(cancellation);
    using var mailbox = MailboxStore.Open(folder.Mailbox, clock);

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseUrls(options.Urls);
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a failed start is told in one sentence
    builder.Services.AddProblemDetails();
    builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(mailbox);

    await using var app = builder.Build();
    app.UseExceptionHandler().UseStatusCodePages();
    app.MapMailbox().MapClock();
    return await app.ServeAsync(folder.Path, storage.Lost, cancellation);
});
