using System.Globalization;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Setup;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.Components;

/// <summary>The agent's console: Blazor Server pages behind Entra's sign-in.</summary>
public static class ConsoleFeature
{
    /// <summary>The languages that <see cref="Words"/> has; dates and amounts are shown in whatever culture the browser asks for.</summary>
    private static readonly string[] Languages = ["en"];

    public static void AddConsole(this IServiceCollection services)
    {
        // Often enough that a page notices soon when its server's machine is gone without a word: agentpay.js waits for three of them.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(5));
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.AddScoped<Announcer>();
        services.AddSingleton<PageHeaders>();
        services.AddSetup();
        services.AddSingleton<OwnPages>();
        services.AddExceptionHandler<ProgramErrors>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("en");
            options.SupportedCultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
            options.AddSupportedUICultures(Languages);
        });
    }

    /// <summary>First of all, the sandbox included, which makes answers of its own exceptions: headers for whatever is answered, and pages in place of bare refusals and of exceptions. Programs get no pages.</summary>
    public static void UseConsole(this WebApplication app)
    {
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<OwnPages>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            // Requests that are wrong in themselves, such as too large ones.
            StatusCodeSelector = fault => fault is BadHttpRequestException wrong ? wrong.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            // Other refusals say enough by their number, or are said on a page of their own.
            var isForAPerson = context.Request.IsNavigation();
            await next(context);
            if (!isForAPerson || context.Response.StatusCode != StatusCodes.Status404NotFound) context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
        });
    }

    /// <summary>After authentication, as pages are for people with a role.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHistoryExport();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // PageHeaders says who may frame the console. Compressed, secrets on a framed page could be guessed by its size.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            })
            .RequireAuthorization(AgentPayPolicies.Console);
    }
}
