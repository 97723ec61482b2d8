using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Subsidy.Web;

namespace Subsidy.Functions.Web;

/// <summary>The pipeline of <c>Subsidy.Web</c>, built once.</summary>
public sealed class WebPipeline(IServiceProvider services)
{
    public RequestDelegate Invoke { get; } = Build(services);

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseSubsidyWeb();
        return app.Build();
    }
}
