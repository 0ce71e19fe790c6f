using AgentPay.Web.RateLimiting;
using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>Sign-in with Entra ID, sessions, roles, access tokens and Sync tokens.</summary>
public static class IdentityFeature
{
    private const int LongestBody = 16 * 1024;

    /// <summary>Needs Twilio's options, Sync, <see cref="AgentPayOptions"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        // Microsoft.Identity.Web and IdentityModel log every refused token as an error, with a static logger.
        // SignInEvents and EntraBearerEvents log the refusal with its reason.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Identity", LogLevel.None));
        services.AddSection<AzureAdOptions, AzureAdOptionsValidator>(AzureAdOptions.Section);
        services.AddSingleton<RoleGroups>();
        services.AddSingleton<IdentityMetrics>();
        services.AddSingleton<EntraBackchannel>();
        services.AddSingleton<EntraDiscovery>();
        services.AddSingleton<ClientCredential>();
        services.AddSingleton<IdentityAddresses>();
        services.AddUserSessions();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<SignInEvents>();
        services.AddSingleton<EntraBearerEvents>();
        services.AddSingleton<SignOutEndpoint>();
        services.AddSingleton<SyncTokens>();
        services.AddSchemes();
        services.AddAuthorization(AgentPayPolicies.Add);
        services.AddOptions<CookiePolicyOptions>()
            .Configure<IdentityAddresses>((options, addresses) => options.Secure = addresses.CookiePolicy);
        services.AddOptions<AntiforgeryOptions>().Configure<IdentityAddresses>(ConfigureAntiforgery);
        return services;
    }

    /// <summary>Maps sign-in and sign-out, which allow anonymous requests.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        // Only "Sign in" links use this route. Pages that need a role challenge by themselves.
        app.MapGet(IdentityAddresses.SignIn, SignIn).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        app.MapPost(IdentityAddresses.SignOut, (HttpContext context, SignOutEndpoint signOut) => signOut.EndAsync(context))
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        app.MapGet(IdentityAddresses.Session, SessionEndpoint.Answer).AllowAnonymous();
    }

    /// <summary>Maps <c>GET|POST /getSyncToken</c>. It is mapped separately, so that the API's CORS policy can be added.</summary>
    public static IEndpointConventionBuilder MapSyncToken(this IEndpointRouteBuilder app) =>
        app.MapMethods(IdentityAddresses.SyncToken, [HttpMethods.Get, HttpMethods.Post], SyncTokenEndpoint.IssueAsync)
            .RequireAuthorization(AgentPayPolicies.AgentOverApi)
            .RequireRateLimiting(RateLimits.SignIn)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .DisableAntiforgery();

    private static IResult SignIn(string? returnUrl) =>
        Results.Challenge(new() { RedirectUri = returnUrl ?? "/" }, [IdentitySchemes.SignIn]);

    private static void AddSchemes(this IServiceCollection services)
    {
        var authentication = services.AddAuthentication(options =>
        {
            options.DefaultScheme = IdentitySchemes.Session;
            options.DefaultChallengeScheme = IdentitySchemes.SignIn;
        });
        authentication.AddEntra();
        authentication.AddPolicyScheme(IdentitySchemes.SessionOrEntraBearer, null, options =>
        {
            options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? IdentitySchemes.EntraBearer : IdentitySchemes.Session;
            options.ForwardChallenge = IdentitySchemes.EntraBearer;
            options.ForwardForbid = IdentitySchemes.EntraBearer;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentitySchemes.Session).Configure<IdentityAddresses>(ConfigureSession);
    }

    private static void ConfigureAntiforgery(AntiforgeryOptions options, IdentityAddresses addresses)
    {
        // Behind a proxy that terminates https, antiforgery fails with Always. The cookie policy makes the cookie Secure there.
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.SameSite = addresses.IsFramed ? SameSiteMode.None : SameSiteMode.Strict;
        // The Content-Security-Policy of every page restricts framing.
        options.SuppressXFrameOptionsHeader = true;
    }

    private static void ConfigureSession(CookieAuthenticationOptions options, IdentityAddresses addresses)
    {
        // The prefix prevents other applications of the same site from replacing the cookie (RFC 6265bis, 4.1.3.2). It requires https.
        options.Cookie.Name = addresses.IsHttps ? "__Host-agentpay" : "agentpay";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        // The cookie is not Partitioned: a frame signs in through a separate window, which is in another partition (docs/console.md).
        options.Cookie.SameSite = addresses.IsFramed ? SameSiteMode.None : SameSiteMode.Lax;
        options.Cookie.SecurePolicy = addresses.CookiePolicy;
        options.ExpireTimeSpan = Sessions.Idle;
        options.SlidingExpiration = true;
    }
}
