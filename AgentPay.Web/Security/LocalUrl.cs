using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentPay.Web.Security;

/// <summary>The address to open after a sign-in, which must be on this server.</summary>
internal static class LocalUrl
{
    /// <summary>Returns the URL in ASCII if it is a path on this server; otherwise the start page.</summary>
    public static string OrHome(string? url)
    {
        if (!IsLocal(url) || !Uri.TryCreate("http://local" + url, UriKind.Absolute, out var parsed)) return "/";
        // The parser resolves "/..//evil.example" to "//evil.example", a URL of another host.
        var local = parsed.PathAndQuery + parsed.Fragment;
        return IsLocal(local) ? local : "/";
    }

    private static bool IsLocal(string? url) => url is ['/', ..] && RedirectHttpResult.IsLocalUrl(url);
}
