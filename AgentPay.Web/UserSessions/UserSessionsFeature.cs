using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AgentPay.Web.UserSessions;

/// <summary>Limits the length of sign-ins, and signs circuits out when their session ends.</summary>
public static class UserSessionsFeature
{
    /// <summary>Needs a <see cref="TimeProvider"/>.</summary>
    public static void AddUserSessions(this IServiceCollection services)
    {
        services.AddSingleton<Sessions>();
        services.AddScoped<CircuitSession>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<CircuitSession>());
        services.AddScoped<CircuitHandler, CircuitActivity>();
    }
}
