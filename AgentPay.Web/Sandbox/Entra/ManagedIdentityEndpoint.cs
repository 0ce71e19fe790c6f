using System.Globalization;

namespace AgentPay.Web.Sandbox.Entra;

// Simulates the token endpoint of a managed identity in App Service (IDENTITY_ENDPOINT, IDENTITY_HEADER):
// learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference.
public static class ManagedIdentityEndpoint
{
    public const string Path = EntraTenant.InstancePath + "/managed-identity/token";

    public static IResult Answer(HttpRequest request, TokenIssuer tokens, EntraUrls urls, TimeProvider clock)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != EntraTenant.ManagedIdentityHeader)
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        var resource = request.Query["resource"].ToString();
        if (resource != EntraTenant.TokenExchange)
            return Results.BadRequest(new { statusCode = 400, message = $"The only resource is {EntraTenant.TokenExchange}." });
        return Results.Json(new
        {
            access_token = tokens.ManagedIdentityToken(urls.Issuer(request)),
            expires_on = (clock.GetUtcNow() + TokenIssuer.Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            resource,
            token_type = "Bearer",
            client_id = EntraTenant.ManagedIdentity,
        });
    }
}
