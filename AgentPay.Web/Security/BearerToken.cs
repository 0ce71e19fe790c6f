namespace AgentPay.Web.Security;

/// <summary>Reads the token from an Authorization header (RFC 6750, 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Returns null if the header is missing, repeated, or has another scheme. The scheme is not case-sensitive.</summary>
    public static string? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header]) return null;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var token = header[Scheme.Length..].Trim();
        return token.Length == 0 ? null : token;
    }
}
