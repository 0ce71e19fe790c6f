namespace AgentPay.Web.Sandbox.Entra;

/// <summary>
/// The only tenant of the sandbox and its only app registration. All values are constant and public, including the secret.
/// </summary>
public static class EntraTenant
{
    public const string Id = "00000000-0000-4000-8000-000000000001";
    public const string ClientId = "00000000-0000-4000-8000-000000000002";
    public const string ClientSecret = "sandbox-client-secret-00000000000000";

    // Object ID of the managed identity that can act as the application (a federated identity credential of the app registration).
    public const string ManagedIdentity = "00000000-0000-4000-8000-000000000003";

    // The value of IDENTITY_HEADER for the endpoint of the managed identity.
    public const string ManagedIdentityHeader = "sandbox-identity-header";

    // The audience of tokens that a managed identity presents to Entra ID.
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

    // Object IDs of a person's groups: the group of the app role, and the group of all staff.
    public static string[] GroupsOf(Person person) => person.AppRole is { } role ? [AllStaff, GroupsByRole[role]] : [AllStaff];

    public static void RequireTenant(string? tenant)
    {
        if (!Id.Equals(tenant, StringComparison.OrdinalIgnoreCase))
            throw new EntraError("invalid_tenant", 90002, $"Tenant '{tenant}' does not exist. The only tenant is {Id}.");
    }

    public static void RequireClient(string clientId)
    {
        if (!ClientId.Equals(clientId, StringComparison.OrdinalIgnoreCase))
        {
            var reason = $"Application '{clientId}' is not registered in this tenant. The only one is {ClientId}.";
            throw new EntraError("unauthorized_client", 700016, reason);
        }
    }
}
