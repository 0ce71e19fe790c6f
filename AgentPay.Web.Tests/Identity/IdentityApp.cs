using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay with a policy for every path, and with <c>/test/who/{scheme}</c>, which returns the user of a request.</summary>
internal static class IdentityApp
{
    /// <summary>
    /// Nothing runs in the background: the policy shuts the sandbox's Sync as well, so that AgentPay would keep finding it out of reach
    /// while a test says that it is ready.
    /// </summary>
    /// <param name="policy">For every path without one of its own, existing or not: whoever passes is told 404.</param>
    public static AgentPayApp Start(string policy = AgentPayPolicies.Console, Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null)
    {
        var app = new AgentPayApp(settings, services =>
        {
            services.AddSingleton<IStartupFilter, Who>();
            services.AddSingleton<IPostConfigureOptions<AuthorizationOptions>>(
                new PostConfigureOptions<AuthorizationOptions>(null, o => o.FallbackPolicy = o.GetPolicy(policy)));
            foreach (
                var hosted in services.Where(s => s.ServiceType == typeof(IHostedService)
                && s.ImplementationType?.Namespace?.StartsWith("AgentPay", StringComparison.Ordinal) == true)
                .ToList()) services.Remove(hosted);
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            configure?.Invoke(services);
        }, LogLevel.Trace);
        app.Services.GetRequiredService<SyncKeyRing>().Open();
        return app;
    }

    /// <summary>The claims of the request, or why it has none. The sandbox's own requests are not asked about.</summary>
    private sealed class Who : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/test/who", who => who.Run(TellAsync));
            app.Map("/test/challenge", who => who.Run(context => ChallengeAsync(context)));
            next(app);
        };

        private static string Scheme(HttpContext context) => context.Request.Path.Value!.Trim('/');

        private static async Task TellAsync(HttpContext context)
        {
            var result = await context.AuthenticateAsync(Scheme(context));
            var told = result.Succeeded ? result.Principal.Claims.Select(claim => $"{claim.Type}={claim.Value}")
                : [$"failure={result.Failure?.Message ?? "none"}"];
            await context.Response.WriteAsync(string.Join('\n', told));
        }

        private static async Task ChallengeAsync(HttpContext context)
        {
            await context.AuthenticateAsync(Scheme(context));
            await context.ChallengeAsync(Scheme(context));
        }
    }
}
