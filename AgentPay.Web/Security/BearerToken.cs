namespace AgentPay.Web.Security;

/// <summary>The token in an Authorization header (RFC 6750, 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Null when the header is not there, is there twice, or holds something else. The scheme's case does not matter.</summary>
    public static string? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header]) return null;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var token = header[Scheme.Length..].Trim();
        return token.Length == 0 ? null : token;
    }
}
