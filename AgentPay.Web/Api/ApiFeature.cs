using AgentPay.Web.Identity;
using AgentPay.Web.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Api;

/// <summary>The HTTP API for existing front ends, with the predecessor's routes, bodies and messages. Clients send a Sync token.</summary>
public static class ApiFeature
{
    private const string Cors = "AgentPay.Api";
    private const int LongestBody = 16 * 1024;
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromMinutes(10);

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ClientPayments>();
        services.AddSingleton<StartCapture>();
        services.AddSingleton<UpdateCaptureType>();
        services.AddSingleton<ChangeSession>();
        services.AddSingleton<UuiToSid>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SyncBearerHandler>(IdentitySchemes.SyncBearer, null);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<AgentPayOptions>>((cors, agentPay) =>
            cors.AddPolicy(Cors, policy => Allow(policy, agentPay.Value.AllowedOrigins)));
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapSyncToken().RequireCors(Cors);
        var api = app.MapGroup("")
            .RequireCors(Cors)
            .RequireRateLimiting(RateLimits.Api)
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .AddEndpointFilter<ApiCaller>();
        api.MapMethods("/startCapture", Methods, (HttpContext context, StartCapture start) => start.HandleAsync(context));
        api.MapMethods("/updateCaptureType", Methods, (HttpContext context, UpdateCaptureType update) => update.HandleAsync(context));
        api.MapMethods("/changeSession", Methods, (HttpContext context, ChangeSession change) => change.HandleAsync(context));
        api.MapMethods("/uui2sid", Methods, (HttpContext context, UuiToSid uui) => uui.HandleAsync(context));
    }

    // Credentials are never allowed: pages of other origins send a token, not a cookie. With SetIsOriginAllowed the answer always has
    // "Vary: Origin"; with WithOrigins it sometimes does not.
    private static void Allow(CorsPolicyBuilder policy, IReadOnlyList<string> origins)
    {
        var allowed = origins.ToHashSet(StringComparer.OrdinalIgnoreCase);
        policy
            .SetIsOriginAllowed(allowed.Contains)
            .WithMethods(Methods)
            .WithHeaders("Authorization", "Content-Type")
            .SetPreflightMaxAge(PreflightMaxAge);
    }
}
