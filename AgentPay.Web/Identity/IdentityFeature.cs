using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>Who is who: sign-in at Entra ID, sessions, roles, bearers, and Sync tokens.</summary>
public static class IdentityFeature
{
    private const int LongestBody = 16 * 1024;

    /// <summary>Needs Twilio's options, Sync, <see cref="AgentPayOptions"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<AzureAdOptions>().BindSection(AzureAdOptions.Section).PostConfigure(options => options.Sanitise()).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureAdOptions>, AzureAdOptionsValidator>();
        services.AddSingleton<EntraBackchannel>();
        services.AddSingleton<EntraDiscovery>();
        services.AddSingleton<EntraTokens>();
        services.AddSingleton<IdentityAddresses>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionEvents>();
        services.AddScoped<CircuitSession>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<CircuitSession>());
        services.AddScoped<CircuitHandler, CircuitActivity>();
        services.AddSingleton<SignInEvents>();
        services.AddSingleton<SignOutEndpoint>();
        services.AddSingleton<SyncTokens>();
        services.AddSchemes();
        services.AddRateLimits();
        services.AddAuthorization(AgentPayPolicies.Add);
        services.AddOptions<CookiePolicyOptions>().Configure<IdentityAddresses>((options, addresses) => options.Secure = SecurePolicy(addresses));
        services.AddOptions<AntiforgeryOptions>().Configure<IdentityAddresses>((options, addresses) =>
        {
            // Not more than that: behind a proxy that ends https, Always makes antiforgery refuse to work. The cookie policy sees to the rest.
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = addresses.IsFramed ? SameSiteMode.None : SameSiteMode.Strict;
            // Who may frame the console is said on every page alike, form or no form.
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Signing in and out. All of it is open to everybody, whatever the fallback policy.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        // For links that say "sign in"; pages that need a role lead to Entra by themselves.
        app.MapGet(IdentityAddresses.SignIn, (string? returnUrl) => Results.Challenge(new() { RedirectUri = returnUrl ?? "/" }, [IdentitySchemes.SignIn])).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        app.MapPost(IdentityAddresses.SignOut, (HttpContext context, SignOutEndpoint signOut) => signOut.EndAsync(context)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        app.MapGet(IdentityAddresses.Session, SessionEndpoint.Answer).AllowAnonymous();
    }

    /// <summary><c>GET|POST /getSyncToken</c>, on its own so that it can be given the API's CORS policy (without credentials).</summary>
    public static IEndpointConventionBuilder MapSyncToken(this IEndpointRouteBuilder app) =>
        app.MapMethods(IdentityAddresses.SyncToken, [HttpMethods.Get, HttpMethods.Post], SyncTokenEndpoint.IssueAsync)
            .RequireAuthorization(AgentPayPolicies.AgentOverApi)
            .RequireRateLimiting(RateLimits.SignIn)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .DisableAntiforgery();

    private static void AddSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = IdentitySchemes.Session;
                options.DefaultChallengeScheme = IdentitySchemes.SignIn;
            })
            .AddCookie(IdentitySchemes.Session, options => options.EventsType = typeof(SessionEvents))
            .AddOAuth<OAuthOptions, SignInHandler>(IdentitySchemes.SignIn, options => options.EventsType = typeof(SignInEvents))
            .AddScheme<AuthenticationSchemeOptions, EntraBearerHandler>(IdentitySchemes.EntraBearer, null)
            .AddScheme<AuthenticationSchemeOptions, SyncBearerHandler>(IdentitySchemes.SyncBearer, null)
            .AddPolicyScheme(IdentitySchemes.SessionOrEntraBearer, null, options =>
            {
                options.ForwardDefaultSelector = context => context.Request.Headers.Authorization.Count > 0 ? IdentitySchemes.EntraBearer : IdentitySchemes.Session;
                options.ForwardChallenge = IdentitySchemes.EntraBearer;
                options.ForwardForbid = IdentitySchemes.EntraBearer;
            });
        services.AddOptions<CookieAuthenticationOptions>(IdentitySchemes.Session).Configure<IdentityAddresses>(ConfigureSession);
        services.AddOptions<OAuthOptions>(IdentitySchemes.SignIn).Configure<IdentityAddresses, IOptions<AzureAdOptions>, EntraBackchannel>(ConfigureSignIn);
    }

    private static void ConfigureSession(CookieAuthenticationOptions options, IdentityAddresses addresses)
    {
        // The prefix keeps neighbours of the same site from putting a session of theirs in its place (RFC 6265bis, 4.1.3.2); browsers take it over https alone.
        options.Cookie.Name = addresses.IsHttps ? "__Host-agentpay" : "agentpay";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        // Without Partitioned: the sign-in of a frame ends in a window of its own, whose partition would be another one (docs/console.md).
        options.Cookie.SameSite = addresses.IsFramed ? SameSiteMode.None : SameSiteMode.Lax;
        options.Cookie.SecurePolicy = SecurePolicy(addresses);
        options.ExpireTimeSpan = Sessions.Idle;
        options.SlidingExpiration = true;
    }

    private static void ConfigureSignIn(OAuthOptions options, IdentityAddresses addresses, IOptions<AzureAdOptions> azureAd, EntraBackchannel backchannel)
    {
        options.ClientId = azureAd.Value.ClientId!;
        options.ClientSecret = azureAd.Value.ClientSecret!;
        options.CallbackPath = azureAd.Value.CallbackPath;
        options.UsePkce = true;
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.Backchannel = backchannel.Http;
        // The handler puts in what discovery says; until then the options only have to look complete.
        options.AuthorizationEndpoint = options.TokenEndpoint = "not-discovered-yet";
        // The browser comes back by a plain GET, for which Lax is enough, and works on http://localhost in every browser.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = SecurePolicy(addresses);
    }

    private static CookieSecurePolicy SecurePolicy(IdentityAddresses addresses) =>
        addresses.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
