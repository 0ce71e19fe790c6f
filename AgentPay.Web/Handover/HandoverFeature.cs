namespace AgentPay.Web.Handover;

/// <summary>Moves calls and their payments from one agent to another.</summary>
public static class HandoverFeature
{
    /// <summary>Needs calls and payments.</summary>
    public static void AddHandover(this IServiceCollection services)
    {
        services.AddSingleton<CallHandover>();
        services.AddSingleton<Colleagues>();
    }
}
