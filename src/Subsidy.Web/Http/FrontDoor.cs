using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Subsidy.Core;

namespace Subsidy.Web.Http;

/// <summary>
/// Where a Front Door is set, only what comes through it is served: it strips headers that a client must not send, and its firewall
/// counts. The platform bars the way already; this is the second bolt, should somebody open the first.
/// </summary>
internal static class FrontDoor
{
    private const string IdHeader = "X-Azure-FDID";

    /// <summary>Who called the front door, as the front door itself saw it; it overwrites what the client sends.</summary>
    private const string ClientHeader = "X-Azure-SocketIP";

    /// <summary>The platform looks at it from inside, not through the front door; it tells nobody anything.</summary>
    private const string Health = "/healthz";

    private static readonly Problem Elsewhere = Problem.Of(
        StatusCodes.Status403Forbidden, "front-door", new Text("请从公布的网址访问。", "Please come through the public address."));

    public static IApplicationBuilder UseFrontDoor(this IApplicationBuilder app)
    {
        var id = app.ApplicationServices.GetRequiredService<IOptions<WebSettings>>().Value.FrontDoorId;
        return string.IsNullOrEmpty(id) ? app : app.Use((context, next) =>
        {
            if (string.Equals(context.Request.Headers[IdHeader], id, StringComparison.OrdinalIgnoreCase))
            {
                // Better than counting the proxies between there and here.
                if (IPAddress.TryParse(context.Request.Headers[ClientHeader], out var client))
                    context.Connection.RemoteIpAddress = client;
                return next(context);
            }
            return context.Request.Path.Equals(Health, StringComparison.OrdinalIgnoreCase) ? next(context) : Elsewhere.ExecuteAsync(context);
        });
    }
}
