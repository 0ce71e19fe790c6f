namespace AgentPay.Web.Sandbox.Entra;

/// <summary>
/// Where a browser may be sent back to: any path on this machine, or, over https, on the host that the sandbox itself is called by.
/// As nobody registers anything in a sandbox, this rule stands for the registered redirect URIs.
/// </summary>
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
