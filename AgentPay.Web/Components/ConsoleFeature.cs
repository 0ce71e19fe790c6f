using System.Globalization;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Identity;
using AgentPay.Web.WebPages.Theme;
using MudBlazor.Services;

namespace AgentPay.Web.Components;

/// <summary>The agent's console: Blazor Server pages behind Entra's sign-in.</summary>
public static class ConsoleFeature
{
    /// <summary>The languages of <see cref="Words"/>. Dates and amounts are shown in the culture that the browser asks for.</summary>
    private static readonly string[] Languages = ["en"];

    /// <summary>
    /// The number of pages that may lose their connection at the same time and continue. All pages lose it when a load balancer restarts.
    /// The framework keeps 100; further pages would load again, which costs much more than to keep them.
    /// </summary>
    private const int DisconnectedCircuits = 2_000;

    public static void AddConsole(this IServiceCollection services)
    {
        // agentpay.js reports a lost connection after three missed signals.
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DisconnectedCircuitMaxRetained = DisconnectedCircuits)
            .AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(5));
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.AddMudServices();
        services.AddScoped<Announcer>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("en");
            options.SupportedCultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
            options.AddSupportedUICultures(Languages);
        });
    }

    /// <summary>Call this after authentication: pages are for people with a role.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        if (app.Services.GetRequiredService<BrandSheet>() is { Text: not null } brand)
            app.MapGet(BrandSheet.Route, brand.Serve).AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // SecurityHeaders writes the policy on frames.
                // Without compression, the size of messages reveals nothing about secrets in a framed page.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            })
            .RequireAuthorization(AgentPayPolicies.Console);
    }
}
