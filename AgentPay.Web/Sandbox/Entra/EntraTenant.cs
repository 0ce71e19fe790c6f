namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The one tenant of the sandbox, and the one app registration in it. All of it is fixed and public, the secret too.</summary>
public static class EntraTenant
{
    public const string Id = "00000000-0000-4000-8000-000000000001";
    public const string ClientId = "00000000-0000-4000-8000-000000000002";
    public const string ClientSecret = "sandbox-client-secret-00000000000000";

    /// <summary>Path of <c>AzureAd:Instance</c>, without a trailing slash.</summary>
    public const string InstancePath = "/sandbox/entra";

    public static void RequireTenant(string? tenant)
    {
        if (!Id.Equals(tenant, StringComparison.OrdinalIgnoreCase))
            throw new EntraError("invalid_tenant", 90002, $"Tenant '{tenant}' is not in this sandbox. Its only tenant is {Id}.");
    }

    public static void RequireClient(string clientId)
    {
        if (!ClientId.Equals(clientId, StringComparison.OrdinalIgnoreCase))
            throw new EntraError("unauthorized_client", 700016, $"No application '{clientId}' is registered in this tenant. The only one is {ClientId}.");
    }
}
