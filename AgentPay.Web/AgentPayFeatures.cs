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

/// <summary>AgentPay itself, whatever it runs against: all features, and the one wire between two that do not know each other.</summary>
public static class AgentPayFeatures
{
    public static void AddAgentPay(this WebApplicationBuilder builder)
    {
        // Hosted services stop in the reverse order: reporting hears the others out.
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
        // In this order, and not where the host would put it: a refusal needs its CORS headers too, and a preflight shows no token.
        app.UseCors();
        app.UseRateLimits();
        app.UseKeyRing();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(SyncFeature.ReadyTag) }).AllowAnonymous();
        app.MapIdentity();
        app.MapCalls();
        app.MapPayments();
        app.MapApi();
        app.MapConsole();
        app.MapHistoryExport();

        // A payment ends with its call.
        app.Services.GetRequiredService<CallNews>().Ended += app.Services.GetRequiredService<PaymentDesk>().CallEndedAsync;
    }
}
