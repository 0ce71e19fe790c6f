using AgentPay.Web.Analytics;
using AgentPay.Web.Api;
using AgentPay.Web.Board;
using AgentPay.Web.Calls;
using AgentPay.Web.CardData;
using AgentPay.Web.Components;
using AgentPay.Web.Events;
using AgentPay.Web.Handover;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Outages;
using AgentPay.Web.Payments;
using AgentPay.Web.RateLimiting;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.WebPages;

namespace AgentPay.Web;

/// <summary>All features of AgentPay, against the sandbox or a real account.</summary>
public static class AgentPayFeatures
{
    public static void AddAgentPay(this WebApplicationBuilder builder)
    {
        // Hosted services stop in reverse order: reporting stops last, and receives the events of the others.
        builder.AddAnalytics();
        var services = builder.Services;
        services.AddDraining();
        services.AddCardData();
        services.AddTwilio();
        services.AddSync();
        services.AddIdentity();
        services.AddRateLimits();
        services.AddCalls();
        services.AddEvents();
        services.AddPayments();
        services.AddHandover();
        services.AddBoard();
        services.AddOutages();
        services.AddApi();
        services.AddHistoryExport();
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
        // Before the rate limits and authentication: a refusal needs CORS headers too, and a preflight request has no token.
        app.UseCors();
        app.UseRateLimits();
        app.UseKeyRing();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Draining.ReadyTag) }).AllowAnonymous();
        app.MapIdentity();
        app.MapCalls();
        app.MapPayments();
        app.MapApi();
        app.MapConsole();
        app.MapHistoryExport();
        app.EndPaymentsWithCalls();
    }

    /// <summary>
    /// Ends the payment of a call when the call ends. Connects <see cref="CallNews"/> to <see cref="PaymentDesk"/>, whose folders do not
    /// use each other.
    /// </summary>
    private static void EndPaymentsWithCalls(this WebApplication app) =>
        app.Services.GetRequiredService<CallNews>().Ended += app.Services.GetRequiredService<PaymentDesk>().CallEndedAsync;
}
