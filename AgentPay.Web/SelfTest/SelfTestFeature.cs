namespace AgentPay.Web.SelfTest;

/// <summary>The configuration in effect, and the checks whether it works, in the order in which <c>/setup</c> shows them.</summary>
public static class SelfTestFeature
{
    public static void AddSelfTest(this IServiceCollection services)
    {
        services.AddSingleton<Settings>();
        services.AddSingleton<SelfTestRunner>();
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
