namespace AgentPay.Web.Sandbox.Entra;

// POST /oauth2/v2.0/token: exchanges an authorization code for tokens.
public static class TokenEndpoint
{
    public static async Task<IResult> RedeemAsync(
        HttpRequest request,
        ClientAuthentication clients,
        AuthorizationCodes codes,
        TokenIssuer tokens,
        EntraUrls urls)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var form = await OAuthParameters.ReadFormAsync(request);
        var grantType = form.Required("grant_type");
        await clients.RequireAsync(request, form);
        if (grantType != "authorization_code")
            throw new EntraError("unsupported_grant_type", 70003, "grant_type must be authorization_code.");
        var grant = codes.Redeem(form.Required("code"), form.Required("redirect_uri"), form.Optional("code_verifier"));
        var issuer = urls.Issuer(request);
        return Results.Json(new
        {
            token_type = "Bearer",
            scope = grant.Request.Scopes.Granted,
            expires_in = (int)TokenIssuer.Lifetime.TotalSeconds,
            ext_expires_in = (int)TokenIssuer.Lifetime.TotalSeconds,
            access_token = tokens.AccessToken(grant, issuer),
            id_token = tokens.IdToken(grant, issuer),
        });
    }
}
