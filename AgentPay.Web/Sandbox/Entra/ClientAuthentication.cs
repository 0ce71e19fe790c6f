using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Entra;

// Authenticates a client at the token endpoint by a client assertion, or by ID and secret in a Basic header or in the form (RFC 6749,
// 2.3.1).
public sealed class ClientAuthentication(ClientAssertions assertions)
{
    private const string Scheme = "Basic ";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public async Task RequireAsync(HttpRequest request, OAuthParameters form)
    {
        if (form.Optional("client_assertion") is { } assertion)
        {
            if (form.Optional("client_id") is { } named) EntraTenant.RequireClient(named);
            if (form.Optional("client_assertion_type") != AssertionType)
                throw new EntraError("invalid_request", 700025, $"client_assertion_type must be {AssertionType}.");
            if (form.Optional("client_secret") is not null)
                throw new EntraError("invalid_request", 90002, "Send a client_secret or a client_assertion, not both.");
            await assertions.RequireAsync(assertion, request);
            return;
        }
        var (id, secret) = FromHeader(request.Headers.Authorization.ToString())
            ?? (form.Required("client_id"), form.Optional("client_secret"));
        EntraTenant.RequireClient(id);
        if (secret is null)
            throw new EntraError("invalid_client", 7000218, "The request has neither client_secret nor client_assertion.");
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
