using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Api;

/// <summary>The HTTP API that existing front ends speak: the predecessor's routes, bodies and words, for callers with a Sync token.</summary>
public static class ApiFeature
{
    private const string Cors = "AgentPay.Api";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<CaptureApi>();
        services.AddSingleton<UuiApi>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<AgentPayOptions>>((cors, agentPay) => cors.AddPolicy(Cors, policy => policy
            .WithOrigins([.. agentPay.Value.AllowedOrigins])
            .WithMethods(Methods)
            .WithHeaders("Authorization", "Content-Type")));
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapSyncToken().RequireCors(Cors);
        var api = app.MapGroup("").RequireCors(Cors).AllowAnonymous().DisableAntiforgery().AddEndpointFilter<ApiCaller>();
        api.MapMethods("/startCapture", Methods, (HttpContext context, CaptureApi capture) => capture.StartAsync(context));
        api.MapMethods("/updateCaptureType", Methods, (HttpContext context, CaptureApi capture) => capture.AskAsync(context));
        api.MapMethods("/changeSession", Methods, (HttpContext context, CaptureApi capture) => capture.ChangeAsync(context));
        api.MapMethods("/uui2sid", Methods, (HttpContext context, UuiApi uui) => uui.FindAsync(context));
    }
}
