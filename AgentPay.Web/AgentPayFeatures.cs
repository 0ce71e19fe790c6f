using AgentPay.Web.Analytics;
using AgentPay.Web.Api;
using AgentPay.Web.Calls;
using AgentPay.Web.CardData;
using AgentPay.Web.Components;
using AgentPay.Web.Handover;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Payments;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.WebPages;

namespace AgentPay.Web;

/// <summary>Adds and maps all features. Connects call events to payments; neither folder references the other.</summary>
public static class AgentPayFeatures
{
    public static void AddAgentPay(this WebApplicationBuilder builder)
    {
        // Added first, so that it stops last: hosted services stop in reverse order, and others still publish notices while they stop.
        builder.AddAnalytics();
        var services = builder.Services;
        services.AddDraining();
        services.AddCardData();
        services.AddTwilio();
        services.AddSync();
        services.AddIdentity();
        services.AddCalls();
        services.AddPayments();
        services.AddHandover();
        services.AddApi();
        services.AddWebPages();
        services.AddConsole();
        services.AddSelfTest();
        services.AddKeyRing(builder.Configuration);
    }

    public static void MapAgentPay(this WebApplication app)
    {
        app.UsePublicScheme();
        app.UseCardData();
        app.UseCookiePolicy();
        // CORS runs before the rate limiter and authentication: refusals need CORS headers, and a preflight has no token.
        app.UseCors();
        app.UseRateLimits();
        app.UseKeyRing();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(SyncFeature.ReadyTag) })
            .AllowAnonymous();
        app.MapIdentity();
        app.MapCalls();
        app.MapPayments();
        app.MapApi();
        app.MapConsole();
        app.MapHistoryExport();

        app.Services.GetRequiredService<CallNews>().Ended += app.Services.GetRequiredService<PaymentDesk>().CallEndedAsync;
    }
}
