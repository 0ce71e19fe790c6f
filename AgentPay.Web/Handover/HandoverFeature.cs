namespace AgentPay.Web.Handover;

/// <summary>Registers the services that move calls and payments between agents.</summary>
public static class HandoverFeature
{
    /// <summary>Requires <c>AddCalls</c> and <c>AddPayments</c>.</summary>
    public static void AddHandover(this IServiceCollection services)
    {
        services.AddSingleton<CallHandover>();
        services.AddSingleton<Colleagues>();
    }
}
