using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Subsidy.Functions.Applications;

namespace Subsidy.Functions.Web;

/// <summary>Hands every request to the pipeline that Local serves on Kestrel.</summary>
public sealed class WebFunction(WebPipeline pipeline, Instances instances)
{
    [Function("Web")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        instances.Use(client);

        // The worker's own routing has chosen an endpoint already: this function.
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues.Clear();
        return pipeline.Invoke(context);
    }
}
