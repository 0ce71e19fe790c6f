using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentPay.Web.Security;

/// <summary>The address to open after a sign-in, which must be on this server.</summary>
internal static class LocalUrl
{
    /// <summary>The URL in ASCII if it is a path of ours, with or without a query; otherwise the start page.</summary>
    public static string OrHome(string? url)
    {
        if (!IsLocal(url) || !Uri.TryCreate("http://local" + url, UriKind.Absolute, out var parsed)) return "/";
        // Resolving the dots in "/..//evil.example" makes a URL of another host.
        var local = parsed.PathAndQuery + parsed.Fragment;
        return IsLocal(local) ? local : "/";
    }

    private static bool IsLocal(string? url) => url is ['/', ..] && RedirectHttpResult.IsLocalUrl(url);
}
