using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Subsidy.EndToEnd.Walking;

/// <summary>Neighbours read the notices and object.</summary>
public static class Notices
{
    public static async Task ObjectAsync(Township township, Filed filed, string reason)
    {
        using var response = await township.Http.PostAsJsonAsync(
            $"/api/notices/{filed.Id}/objections", new JsonObject { ["name"] = "钱邻居", ["contact"] = "13900139000", ["reason"] = reason });
        await Township.TakenAsync(response);
    }
}
