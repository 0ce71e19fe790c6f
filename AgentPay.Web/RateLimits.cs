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
/// How much one client may ask of sign-in and API. Whoever asks for more is answered 429, in words and with <c>Retry-After</c>. Webhooks have
/// no limit: what Twilio tells is never told twice for nothing.
/// </summary>
public static class RateLimits
{
    /// <summary>For endpoints that sign in, or hand out tokens: by the client's address.</summary>
    public const string SignIn = "AgentPay.SignIn";

    /// <summary>For the API: by the identity of a good Sync token, and without one by the client's address.</summary>
    public const string Api = "AgentPay.Api";

    private const int Ipv6SubnetBytes = 8;

    internal static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limits => limits.OnRejected = RefuseAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AgentPayOptions>, IOptions<AzureAdOptions>, SyncTokens>((limits, agentPay, azureAd, tokens) =>
        {
            var most = agentPay.Value.RateLimits;
            limits.AddPolicy(SignIn, context => PerMinute("address " + AddressOf(context), most.SignInPerMinute));
            limits.AddPolicy(Api, context => IdentityOf(context, tokens) is { } identity
                ? PerMinute("identity " + identity, most.ApiPerMinute)
                : PerMinute("address " + AddressOf(context), most.SignInPerMinute));
            // The way back from Entra is no endpoint, so no policy can be put on it.
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path == azureAd.Value.CallbackPath
                ? PerMinute("address " + AddressOf(context), most.SignInPerMinute)
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    /// <summary>After CORS, so that a page may read the refusal, and before anything is checked.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<AgentPayOptions>>().Value.KnownProxies;
        if (proxies.Count > 0) app.UseForwardedHeaders(Trust(proxies));
        app.UseRateLimiter();
    }

    /// <summary>Scheme and host are not taken from headers at all: those are what <c>AgentPay:PublicBaseUrl</c> says.</summary>
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

    private static RateLimitPartition<string> PerMinute(string client, int most) => RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
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

    /// <summary>An IPv6 client has a whole subnet to come from.</summary>
    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6SubnetBytes)) : address.ToString();
    }

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellation)
    {
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)) : 1;
        var response = refused.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(FormattableString.Invariant($"Too many requests. Try again in {wait} s."), cancellation);
    }
}
