using System.Security.Claims;

namespace AgentPay.Web.Identity;

/// <summary>Someone of the organisation, as Entra names them.</summary>
/// <param name="ObjectId">The same for ever, in every application: what belongs to a person is kept under this.</param>
/// <param name="Name">For the screen.</param>
/// <param name="PrincipalName">Such as <c>maria@example.com</c>: the identity in Sync tokens.</param>
public sealed record CurrentUser(string ObjectId, string Name, string PrincipalName, IReadOnlyList<string> Roles)
{
    /// <summary>May take payments: agents, and supervisors as well.</summary>
    public bool IsAgent => IsSupervisor || Roles.Contains(AgentPayRoles.Agent);

    public bool IsSupervisor => Roles.Contains(AgentPayRoles.Supervisor);

    public bool IsAdmin => Roles.Contains(AgentPayRoles.Admin);

    /// <summary>Null for everybody who is not a person known to Entra: nobody, an application, the holder of a Sync token.</summary>
    public static CurrentUser? Of(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return null;
        if (Value(identity, EntraClaims.ObjectId) is not { } objectId || Value(identity, EntraClaims.PrincipalName) is not { } principalName) return null;
        return new(objectId, Value(identity, EntraClaims.Name) ?? principalName, principalName, [.. identity.FindAll(EntraClaims.Roles).Select(role => role.Value)]);
    }

    private static string? Value(ClaimsIdentity identity, string type) =>
        identity.FindFirst(type)?.Value is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
