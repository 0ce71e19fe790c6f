namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The one tenant of the sandbox, and the one app registration in it. All of it is fixed and public, the secret too.</summary>
public static class EntraTenant
{
    public const string Id = "00000000-0000-4000-8000-000000000001";
    public const string ClientId = "00000000-0000-4000-8000-000000000002";
    public const string ClientSecret = "sandbox-client-secret-00000000000000";

    /// <summary>Object id of the managed identity that may act as the application (a federated identity credential of the app registration).</summary>
    public const string ManagedIdentity = "00000000-0000-4000-8000-000000000003";

    /// <summary>The value of <c>IDENTITY_HEADER</c> for the managed identity's endpoint.</summary>
    public const string ManagedIdentityHeader = "sandbox-identity-header";

    /// <summary>The audience of tokens that a managed identity shows to Entra.</summary>
    public const string TokenExchange = "api://AzureADTokenExchange";

    private const string AllStaff = "00000000-0000-4000-8000-0000000000e0";

    private static readonly Dictionary<string, string> GroupsByRole = new()
    {
        ["AgentPay.Agent"] = "00000000-0000-4000-8000-0000000000e1",
        ["AgentPay.Supervisor"] = "00000000-0000-4000-8000-0000000000e2",
        ["AgentPay.Admin"] = "00000000-0000-4000-8000-0000000000e3",
    };

    /// <summary>Path of <c>AzureAd:Instance</c>, without a trailing slash.</summary>
    public const string InstancePath = "/sandbox/entra";

    /// <summary>Object ids of the person's groups: one for each app role, and one of all staff.</summary>
    public static string[] GroupsOf(Person person) => person.AppRole is { } role ? [AllStaff, GroupsByRole[role]] : [AllStaff];

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
