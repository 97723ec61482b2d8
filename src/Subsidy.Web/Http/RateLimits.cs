using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Subsidy.Web.Http;

/// <summary>How many requests one client address may make per minute, by group of endpoints. 0 lifts a limit.</summary>
public sealed class RateLimitSettings
{
    /// <summary>Everything, pages and reading included.</summary>
    public int All { get; set; } = 600;

    /// <summary>Handing something in: applications, drafts, papers, amendments, objections. A village clerk may sit behind one address with many people.</summary>
    public int Intake { get; set; } = 60;

    /// <summary>Looking up by a secret (access key, decision link, permit number): slow enough that guessing leads nowhere.</summary>
    public int Keyed { get; set; } = 120;
}

internal static class RateLimits
{
    public const string Intake = "intake";
    public const string Keyed = "keyed";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Window(context, "all", s => s.All));
            options.AddPolicy(Intake, context => Window(context, Intake, s => s.Intake));
            options.AddPolicy(Keyed, context => Window(context, Keyed, s => s.Keyed));
            options.OnRejected = async (context, _) =>
            {
                var after = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
                await (Failures.Of(StatusCodes.Status429TooManyRequests) with { RetryAfter = after }).ExecuteAsync(context.HttpContext);
            };
        });
        return services;
    }

    private static RateLimitPartition<string> Window(HttpContext context, string group, Func<RateLimitSettings, int> limit)
    {
        var permits = limit(context.RequestServices.GetRequiredService<IOptions<WebSettings>>().Value.RateLimits);
        return permits <= 0
            ? RateLimitPartition.GetNoLimiter(group)
            : RateLimitPartition.GetSlidingWindowLimiter(group + ' ' + Client(context), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            });
    }

    /// <summary>An IPv6 client owns a whole /64 and could change its address with every request.</summary>
    private static string Client(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
