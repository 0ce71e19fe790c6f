namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Simulates Entra ID: OpenID Connect with the v2.0 endpoints, for one tenant and one application.</summary>
public static class EntraFeature
{
    public static void AddEntra(this IServiceCollection services)
    {
        services.AddResettable<AuthorizationCodes>();
        services.AddResettable<ClientAssertions>();
        services.AddSingleton<ClientAuthentication>();
        services.AddSingleton<AuthorizeEndpoint>();
        services.AddSingleton<EntraUrls>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenIssuer>();
    }

    public static void MapEntra(this IEndpointRouteBuilder app)
    {
        var tenant = app.MapGroup(EntraTenant.InstancePath + "/{tenant}")
            .AddEndpointFilter(EntraErrors.AsJson)
            .AllowAnonymous()
            .DisableAntiforgery();
        tenant.MapGet("/v2.0/.well-known/openid-configuration", (HttpRequest request, EntraUrls urls) =>
            Results.Json(urls.Discovery(request)));
        tenant.MapGet("/discovery/v2.0/keys", (SigningKeys keys) => Results.Json(keys.PublicSet()));
        tenant.MapPost("/oauth2/v2.0/token", TokenEndpoint.RedeemAsync);

        app.MapGet(ManagedIdentityEndpoint.Path, ManagedIdentityEndpoint.Answer).AllowAnonymous();

        var pages = tenant.MapGroup("/oauth2/v2.0").AddEndpointFilter(EntraErrors.AsPage);
        pages.MapGet("/authorize", (HttpContext context, AuthorizeEndpoint authorize) => authorize.ShowAsync(context));
        pages.MapPost("/authorize", (HttpContext context, AuthorizeEndpoint authorize) => authorize.ChooseAsync(context));
        pages.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], LogoutEndpoint.SignOutAsync);
    }
}
