using System.Security.Claims;

namespace AgentPay.Web.Identity;

/// <summary>A signed-in user of the organisation, as known to Entra.</summary>
/// <param name="ObjectId">Entra's permanent id of the user, the same in every application.</param>
/// <param name="Name">The display name.</param>
/// <param name="PrincipalName">A name such as <c>maria@example.com</c>: the identity in Sync tokens.</param>
public sealed record CurrentUser(string ObjectId, string Name, string PrincipalName, IReadOnlyList<string> Roles)
{
    /// <summary>Whether the user may take payments: true for supervisors too.</summary>
    public bool IsAgent => IsSupervisor || Roles.Contains(AgentPayRoles.Agent);

    public bool IsSupervisor => Roles.Contains(AgentPayRoles.Supervisor);

    public bool IsAdmin => Roles.Contains(AgentPayRoles.Admin);

    /// <summary>Returns null if the principal is anonymous, an application, or the holder of a Sync token.</summary>
    public static CurrentUser? Of(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return null;
        if (Value(identity, EntraClaims.ObjectId) is not { } objectId) return null;
        if (Value(identity, EntraClaims.PrincipalName) is not { } principalName) return null;
        var roles = identity.FindAll(EntraClaims.Roles).Select(role => role.Value);
        return new(objectId, Value(identity, EntraClaims.Name) ?? principalName, principalName, [.. roles]);
    }

    private static string? Value(ClaimsIdentity identity, string type) =>
        identity.FindFirst(type)?.Value is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
