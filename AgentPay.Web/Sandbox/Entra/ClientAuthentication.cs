using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>How a client shows at the token endpoint who it is: id and secret, in a Basic header or in the form (RFC 6749, 2.3.1).</summary>
public static class ClientAuthentication
{
    private const string Scheme = "Basic ";

    public static void Require(HttpRequest request, OAuthParameters form)
    {
        var (id, secret) = FromHeader(request.Headers.Authorization.ToString()) ?? (form.Required("client_id"), form.Optional("client_secret"));
        EntraTenant.RequireClient(id);
        if (secret is null) throw new EntraError("invalid_client", 7000218, "The request carries no client_secret.");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(EntraTenant.ClientSecret)))
            throw new EntraError("invalid_client", 7000215, "The client secret is wrong.");
    }

    private static (string Id, string? Secret)? FromHeader(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[authorization.Length];
        var isReadable = Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), decoded, out var length);
        return isReadable && Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var id, var secret]
            ? (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret))
            : throw new EntraError("invalid_client", 7000215, "The Basic header cannot be read.");
    }
}
