using AgentPay.Web.Components.Setup.Checks;

namespace AgentPay.Web.Components.Setup;

/// <summary>What <c>/setup</c> stands on: the configuration in effect, and the checks in the order in which they are shown.</summary>
public static class SetupFeature
{
    public static void AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<Settings>();
        services.AddSingleton<SelfTest>();
        services.AddSingleton<ICheck, ApiCredentialsCheck>();
        services.AddSingleton<ICheck, AuthTokenCheck>();
        services.AddSingleton<ICheck, ClockCheck>();
        services.AddSingleton<ICheck, SyncServiceCheck>();
        services.AddSingleton<ICheck, SyncRoundTripCheck>();
        services.AddSingleton<ICheck, SyncTokenCheck>();
        services.AddSingleton<ICheck, EntraCheck>();
        services.AddSingleton<ICheck, PublicAddressCheck>();
        services.AddSingleton<ICheck, OriginationCheck>();
        services.AddSingleton<ICheck, CallerIdCheck>();
    }
}
