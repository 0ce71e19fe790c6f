using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>The addresses of signing in and out, as browsers know them: behind a proxy, a request says nothing reliable about that.</summary>
internal sealed class IdentityAddresses(IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd)
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

    private readonly string? _base = string.IsNullOrWhiteSpace(agentPay.Value.PublicBaseUrl) ? null : agentPay.Value.PublicBaseUrl.Trim().TrimEnd('/');

    /// <summary>Whether browsers come by https whatever the requests look like here.</summary>
    public bool IsHttps => _base?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Whether other sites show the console in a frame, where the browser sends no cookie that does not allow it (RFC 6265bis, SameSite).</summary>
    public bool IsFramed => IsHttps && agentPay.Value.FrameAncestors.Any(ancestor => ancestor != "'self'");

    public bool IsSignedOutCallback(HttpRequest request) => request.Path == azureAd.Value.SignedOutCallbackPath;

    public string SignInCallback(HttpRequest request) => Absolute(request, azureAd.Value.CallbackPath);

    public string SignedOutCallback(HttpRequest request) => Absolute(request, azureAd.Value.SignedOutCallbackPath);

    private string Absolute(HttpRequest request, string path) => (_base ?? $"{request.Scheme}://{request.Host}{request.PathBase}") + path;
}
