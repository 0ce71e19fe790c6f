using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>The addresses of signing in and out, as browsers know them: behind a proxy, a request says nothing reliable about that.</summary>
internal sealed class IdentityAddresses(IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd, IServer server)
{
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string SignedOut = "/signed-out";
    public const string Denied = "/denied";
    public const string Session = "/session";

    /// <summary>Where a frame lands that is not signed in: Entra's pages refuse to be framed.</summary>
    public const string SignInFromFrame = "/signin-window";

    /// <summary>Where the window that a frame opened for the sign-in ends.</summary>
    public const string SignedIn = "/signed-in";
    public const string SyncToken = "/getSyncToken";

    private readonly string? _base = agentPay.Value.PublicBaseUrl;

    /// <summary>Whether browsers come by https whatever the requests look like here.</summary>
    public bool IsHttps => _base?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ?? false;

    public CookieSecurePolicy CookiePolicy => IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Whether other sites show the console in a frame, where the browser sends no cookie that does not allow it (RFC 6265bis, SameSite).</summary>
    public bool IsFramed => IsHttps && agentPay.Value.FrameAncestors.Any(ancestor => ancestor != "'self'");

    /// <summary>The tenant at Entra. Where that is this very server, known once it listens.</summary>
    public Uri Authority => new($"{server.Resolve(azureAd.Value.Instance.TrimEnd('/')).AbsoluteUri.TrimEnd('/')}/{azureAd.Value.TenantId}/v2.0");

    /// <summary>Where Entra publishes the tenant's endpoints and keys.</summary>
    public Uri Discovery => new(Authority.AbsoluteUri + "/.well-known/openid-configuration");

    public string SignInCallback(HttpRequest request) => Absolute(request, azureAd.Value.CallbackPath);

    public string SignedOutCallback(HttpRequest request) => Absolute(request, azureAd.Value.SignedOutCallbackPath);

    private string Absolute(HttpRequest request, string path) => (_base ?? $"{request.Scheme}://{request.Host}{request.PathBase}") + path;
}
