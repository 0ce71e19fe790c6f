using AgentPay.Web.WebPages.Theme;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.WebPages;

/// <summary>What every page has: security headers, the configured brand, error pages, and a check of who opens circuits.</summary>
public static class WebPagesFeature
{
    public static void AddWebPages(this IServiceCollection services)
    {
        services.AddSection<ConsoleOptions, ConsoleOptionsValidator>(ConsoleOptions.Section);
        services.AddSingleton<BrandSheet>();
        services.AddSingleton<SecurityHeaders>();
        services.AddSingleton<CircuitOrigins>();
        services.AddSingleton<OpenPages>();
        services.AddScoped<CircuitPlace>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitPlace>());
        services.AddExceptionHandler<ProgramErrors>();
    }

    /// <summary>
    /// Adds the headers of every answer, and shows pages in place of empty error answers to people; programs get no pages.
    /// Call this first, so that the sandbox's answers have the headers too.
    /// </summary>
    public static void UseWebPages(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<CircuitOrigins>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            // Invalid requests, such as too large ones.
            StatusCodeSelector = fault => (fault as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(async (context, next) =>
        {
            // The page is for 404 alone: other refusals have their own page or go to programs.
            var isForAPerson = context.Request.IsNavigation();
            await next(context);
            if (!isForAPerson || context.Response.StatusCode != StatusCodes.Status404NotFound)
                context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
        });
    }
}
