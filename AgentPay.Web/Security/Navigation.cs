namespace AgentPay.Web.Security;

/// <summary>Distinguishes page navigations from requests of scripts. Only navigations can be redirected to a sign-in.</summary>
internal static class Navigation
{
    /// <summary>The response will be shown in a frame (w3.org/TR/fetch-metadata, Sec-Fetch-Dest).</summary>
    public static bool IsInFrame(this HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"].ToString() is "iframe" or "frame" or "object" or "embed";

    public static bool IsNavigation(this HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return false;
        if (request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/_framework")) return false;
        var accept = request.Headers.Accept.ToString();
        if (!accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)) return false;
        // Blazor's enhanced navigation fetches pages with a script. It loads the whole page if the answer redirects to another site.
        if (accept.Contains("blazor-enhanced-nav=on", StringComparison.OrdinalIgnoreCase)) return true;
        return request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && request.Headers.XRequestedWith.Count == 0;
    }
}
