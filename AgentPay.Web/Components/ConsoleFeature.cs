using System.Globalization;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Components.Setup;
using AgentPay.Web.Components.Theme;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace AgentPay.Web.Components;

/// <summary>The agent's console: Blazor Server pages behind Entra's sign-in.</summary>
public static class ConsoleFeature
{
    /// <summary>The languages that <see cref="Words"/> has; dates and amounts are shown in whatever culture the browser asks for.</summary>
    private static readonly string[] Languages = ["en"];

    public static void AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>();
        services.AddOptions<ConsoleOptions>().BindSection(ConsoleOptions.Section).ValidateOnStart();
        services.AddSingleton<BrandSheet>();
        // agentpay.js reports a lost connection after three missed signals.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(5));
        services.AddCascadingAuthenticationState();
        services.AddLocalization();
        services.AddMudServices();
        services.AddScoped<Announcer>();
        services.AddScoped<Toaster>();
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

    /// <summary>
    /// The headers of every answer, and pages in place of bare status codes and exceptions. Before everything else, so that the sandbox has the
    /// headers too. Programs get no pages.
    /// </summary>
    public static void UseConsole(this WebApplication app)
    {
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<OwnPages>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            // Faulty requests, such as too large ones.
            StatusCodeSelector = fault => fault is BadHttpRequestException wrong ? wrong.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            // Only a missing page gets one here: other refusals have a page of their own or go to programs.
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
        if (app.Services.GetRequiredService<BrandSheet>() is { Text: not null } brand) app.MapGet(BrandSheet.Route, brand.Serve).AllowAnonymous();
        app.MapHistoryExport();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // PageHeaders writes the policy on frames. Without compression, the size of messages tells nothing about secrets in a framed page.
                options.ContentSecurityFrameAncestorsPolicy = null;
                options.DisableWebSocketCompression = true;
            })
            .RequireAuthorization(AgentPayPolicies.Console);
    }
}
