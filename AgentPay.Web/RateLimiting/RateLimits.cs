using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.RateLimiting;

/// <summary>
/// Rate limits of sign-in and the API, by client. A request over the limit is answered 429 with <c>Retry-After</c>. Webhooks have no limit:
/// Twilio would repeat a refused one.
/// </summary>
public static class RateLimits
{
    /// <summary>For endpoints that sign in, or hand out tokens: by the client's address.</summary>
    public const string SignIn = "AgentPay.SignIn";

    /// <summary>For the API: by the identity of a good Sync token, and without one by the client's address.</summary>
    public const string Api = "AgentPay.Api";

    private const int Ipv6SubnetBytes = 8;

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limits => limits.OnRejected = RefuseAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AgentPayOptions>, IOptions<AzureAdOptions>, SyncTokens>(AddLimits);
    }

    private static void AddLimits(
        RateLimiterOptions limits, IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd, SyncTokens tokens)
    {
        var most = agentPay.Value.RateLimits;
        RateLimitPartition<string> PerAddress(HttpContext context) => PerMinute("address " + AddressOf(context), most.SignInPerMinute);
        limits.AddPolicy(SignIn, PerAddress);
        limits.AddPolicy(Api, context => IdentityOf(context, tokens) is { } identity
            ? PerMinute("identity " + identity, most.ApiPerMinute)
            : PerAddress(context));
        // The callback from Entra is not an endpoint, so it takes no policy.
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.Request.Path == azureAd.Value.CallbackPath ? PerAddress(context) : RateLimitPartition.GetNoLimiter(""));
    }

    /// <summary>Call this after CORS, so that a page may read the refusal, and before authentication.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<AgentPayOptions>>().Value.KnownProxies;
        if (proxies.Count > 0) app.UseForwardedHeaders(Trust(proxies));
        app.UseRateLimiter();
    }

    /// <summary>Scheme and host are never taken from headers: <c>AgentPay:PublicBaseUrl</c> has them.</summary>
    private static ForwardedHeadersOptions Trust(IReadOnlyList<string> proxies)
    {
        var trust = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        trust.KnownProxies.Clear();
        trust.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) trust.KnownProxies.Add(address);
            else trust.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
        return trust;
    }

    private static RateLimitPartition<string> PerMinute(string client, int most) =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
        {
            TokenLimit = most,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / most,
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

    /// <summary>The /64 network of an IPv6 address: a client can use any address of its subnet.</summary>
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
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time)
            ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds))
            : 1;
        var response = refused.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(FormattableString.Invariant($"Too many requests. Try again in {wait} s."), cancellation);
    }
}
