using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>The sign-in and sign-out URLs as browsers see them. Behind a proxy they cannot be derived from the request.</summary>
internal sealed class IdentityAddresses(IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd, IServer server)
{
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string SignedOut = "/signed-out";
    public const string Denied = "/denied";
    public const string Session = "/session";

    /// <summary>The page for a frame without a session. It opens a window to sign in, because Entra's pages cannot be framed.</summary>
    public const string SignInFromFrame = "/signin-window";

    /// <summary>The last page of the sign-in window that a frame has opened.</summary>
    public const string SignedIn = "/signed-in";
    public const string SyncToken = "/getSyncToken";

    private readonly string? _base = agentPay.Value.PublicBaseUrl;

    /// <summary>Whether browsers use https, even if a proxy forwards the requests over http.</summary>
    public bool IsHttps => _base?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ?? false;

    public CookieSecurePolicy CookiePolicy => IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Whether other sites may frame the console. Cookies then need SameSite=None (RFC 6265bis).</summary>
    public bool IsFramed => IsHttps && agentPay.Value.FrameAncestors.Any(ancestor => ancestor != "'self'");

    /// <summary>The URL of the tenant at Entra. In the sandbox it is on this server, and known once the server listens.</summary>
    public Uri Authority
    {
        get
        {
            var instance = server.Resolve(azureAd.Value.Instance.TrimEnd('/')).AbsoluteUri.TrimEnd('/');
            return new($"{instance}/{azureAd.Value.TenantId}/v2.0");
        }
    }

    /// <summary>The URL of the tenant's discovery document, with its endpoints and signing keys.</summary>
    public Uri Discovery => new(Authority.AbsoluteUri + "/.well-known/openid-configuration");

    public string SignInCallback(HttpRequest request) => Absolute(request, azureAd.Value.CallbackPath);

    public string SignedOutCallback(HttpRequest request) => Absolute(request, azureAd.Value.SignedOutCallbackPath);

    private string Absolute(HttpRequest request, string path) => (_base ?? $"{request.Scheme}://{request.Host}{request.PathBase}") + path;
}
