using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>Reads the roles from a token: its app roles, and the roles of its configured groups.</summary>
internal sealed class RoleGroups(IOptions<AgentPayOptions> options)
{
    private const string Groups = "groups";

    private readonly (string Role, HashSet<string> Groups)[] _roles =
    [
        (AgentPayRoles.Agent, new(options.Value.Roles.Agent, StringComparer.OrdinalIgnoreCase)),
        (AgentPayRoles.Supervisor, new(options.Value.Roles.Supervisor, StringComparer.OrdinalIgnoreCase)),
        (AgentPayRoles.Admin, new(options.Value.Roles.Admin, StringComparer.OrdinalIgnoreCase)),
    ];

    public IEnumerable<string> RolesOf(JsonWebToken token)
    {
        // Entra can also send groups in the claim "roles" ("Emit groups as role claims").
        var claims = token.Claims
            .Where(claim => claim.Type is EntraClaims.Roles or Groups)
            .ToLookup(claim => claim.Type, claim => claim.Value);
        return _roles
            .Where(known => claims[EntraClaims.Roles].Contains(known.Role) || claims.Any(values => values.Any(known.Groups.Contains)))
            .Select(known => known.Role);
    }

    /// <summary>Whether Entra has omitted the groups. For more than 200 groups it sends a reference instead.</summary>
    // learn.microsoft.com/entra/identity-platform/access-token-claims-reference
    public bool AreMissingIn(JsonWebToken token) => _roles.Any(known => known.Groups.Count > 0)
        && (token.TryGetPayloadValue<object>("hasgroups", out _)
            || (token.TryGetPayloadValue<Dictionary<string, object>>("_claim_names", out var names) && names.ContainsKey(Groups)));
}
