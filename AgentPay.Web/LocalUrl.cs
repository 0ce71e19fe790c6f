using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentPay.Web;

/// <summary>Validates the URL to return to after a sign-in, so that nobody can redirect users to another site.</summary>
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
