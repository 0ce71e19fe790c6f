using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>
/// The rate limits of sign-in and API, per client. A request over the limit is answered with 429, a message and <c>Retry-After</c>.
/// Webhooks have no limit, because a refused callback would be lost.
/// </summary>
public static class RateLimits
{
    /// <summary>The limit of sign-in and token endpoints, per client address.</summary>
    public const string SignIn = "AgentPay.SignIn";

    /// <summary>The limit of the API, per identity of a valid Sync token. Requests without one are limited per client address.</summary>
    public const string Api = "AgentPay.Api";

    private const int Ipv6SubnetBytes = 8;

    internal static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limits => limits.OnRejected = RefuseAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AgentPayOptions>, IOptions<AzureAdOptions>, SyncTokens>(
            (limiter, agentPay, azureAd, tokens) =>
                AddPolicies(limiter, agentPay.Value.RateLimits, azureAd.Value.CallbackPath, tokens));
    }

    private static void AddPolicies(RateLimiterOptions limiter, RateLimitOptions limits, string callbackPath, SyncTokens tokens)
    {
        RateLimitPartition<string> PerAddress(HttpContext context) =>
            PerMinute("address " + AddressOf(context), limits.SignInPerMinute);

        limiter.AddPolicy(SignIn, PerAddress);
        limiter.AddPolicy(Api, context => IdentityOf(context, tokens) is { } identity
            ? PerMinute("identity " + identity, limits.ApiPerMinute)
            : PerAddress(context));
        // The sign-in callback is handled by middleware, so it has no endpoint that could have a policy.
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.Request.Path == callbackPath ? PerAddress(context) : RateLimitPartition.GetNoLimiter(""));
    }

    /// <summary>Call it after CORS, so that pages can read the refusal, and before authentication.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<AgentPayOptions>>().Value.KnownProxies;
        if (proxies.Count > 0) app.UseForwardedHeaders(TrustedHeaders(proxies));
        app.UseRateLimiter();
    }

    // Scheme and host are never taken from headers: AgentPay:PublicBaseUrl has them.
    private static ForwardedHeadersOptions TrustedHeaders(IReadOnlyList<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
        return options;
    }

    private static RateLimitPartition<string> PerMinute(string client, int limit) =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
        {
            TokenLimit = limit,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limit,
        });

    private static string? IdentityOf(HttpContext context, SyncTokens tokens)
    {
        try
        {
            return BearerToken.Read(context.Request) is { } token ? tokens.Verify(token).Identity : null;
        }
        catch (SyncNotReadyException)
        {
            return null;
        }
    }

    // An IPv6 client can use every address of its subnet, so the subnet is limited.
    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6SubnetBytes))
            : address.ToString();
    }

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellation)
    {
        var hasTime = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time);
        var wait = hasTime ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)) : 1;
        var response = refused.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(FormattableString.Invariant($"Too many requests. Try again in {wait} s."), cancellation);
    }
}
