using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Subsidy.Functions.Tests;

public sealed class StartTests
{
    /// <summary>
    /// Hosted services start in their order, and work may be waiting for the worker's. A turn that it takes before the township's files are
    /// there mails, and cannot write down that it has.
    /// </summary>
    [Fact]
    public void Storage_and_files_are_there_before_the_worker_takes_its_first_invocation()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        var worker = Hosted(builder.Services);

        builder.Services.AddFunctionsHead(builder.Configuration, builder.Environment);

        Assert.NotEmpty(worker);
        Assert.Equal(worker, Hosted(builder.Services).TakeLast(worker.Count));
    }

    private static List<ServiceDescriptor> Hosted(IServiceCollection services) =>
        [.. services.Where(service => service.ServiceType == typeof(IHostedService))];
}
