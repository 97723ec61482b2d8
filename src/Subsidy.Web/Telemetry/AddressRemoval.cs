using System.Diagnostics;
using OpenTelemetry;

namespace Subsidy.Web.Telemetry;

/// <summary>
/// Leaves of a request's trace only what can name nobody. A decision link is a secret, a reference leads to a person, a client's address
/// and browser are theirs; and what a later version adds is not known yet, so what may stay is listed, not what must go.
/// </summary>
internal sealed class AddressRemoval : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "error.type", "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme",
    };

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Kept.Contains(tag.Key)).ToList())
            data.SetTag(tag.Key, null);
        data.DisplayName = data.GetTagItem("http.route") is string route ? $"{data.GetTagItem("http.request.method")} {route}" : "request";
    }
}
