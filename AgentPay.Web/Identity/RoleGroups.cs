using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>
/// The section <c>AgentPay:Roles</c>: the object ids of the groups whose members have a role. For tenants that send no app roles.
/// </summary>
public sealed class RoleGroupOptions
{
    public const string Section = "AgentPay:Roles";

    public IReadOnlyList<string> Agent { get; init; } = [];

    public IReadOnlyList<string> Supervisor { get; init; } = [];

    public IReadOnlyList<string> Admin { get; init; } = [];
}

/// <summary>Reads the roles from a token: its app roles, and the roles of its configured groups.</summary>
internal sealed class RoleGroups(IOptions<RoleGroupOptions> options)
{
    private const string Groups = "groups";

    private readonly (string Role, HashSet<string> Groups)[] _roles =
    [
        (AgentPayRoles.Agent, new(options.Value.Agent, StringComparer.OrdinalIgnoreCase)),
        (AgentPayRoles.Supervisor, new(options.Value.Supervisor, StringComparer.OrdinalIgnoreCase)),
        (AgentPayRoles.Admin, new(options.Value.Admin, StringComparer.OrdinalIgnoreCase)),
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

/// <summary>Refuses role names that do not exist, single values in place of lists, and group names in place of object ids.</summary>
internal sealed class RoleGroupsValidator(IConfiguration configuration) : IValidateOptions<RoleGroupOptions>
{
    private static readonly string[] Known =
        [nameof(RoleGroupOptions.Agent), nameof(RoleGroupOptions.Supervisor), nameof(RoleGroupOptions.Admin)];

    public ValidateOptionsResult Validate(string? name, RoleGroupOptions options)
    {
        var failures = configuration.GetSection(RoleGroupOptions.Section).GetChildren().SelectMany(ProblemsOf).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ProblemsOf(IConfigurationSection role)
    {
        if (!Known.Contains(role.Key, StringComparer.OrdinalIgnoreCase))
            return [$"{role.Path} is not a role. The roles are {string.Join(", ", Known)}."];
        if (!string.IsNullOrWhiteSpace(role.Value))
            return [$"{role.Path} is a list. Set the environment variable AgentPay__Roles__{role.Key}__0."];
        var wrong = role.GetChildren().Where(group => !Guid.TryParseExact(group.Value, "D", out _));
        return wrong.Select(group => $"{group.Path} is not the object ID of a group, a GUID.");
    }
}
