namespace AgentPay.Web.Sandbox.Entra;

// Checks redirect URIs. Allowed are any path on this machine and, with https, any path on the sandbox's own host.
// This rule replaces the registration of redirect URIs.
public static class RedirectUris
{
    public static Uri? Read(string? text, HttpRequest request)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) return null;
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0) return null;
        var isOwnHost = uri.Scheme == Uri.UriSchemeHttps && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase);
        return uri.IsLoopback || isOwnHost ? uri : null;
    }
}
