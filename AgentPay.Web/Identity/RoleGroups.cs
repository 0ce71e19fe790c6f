using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>The section <c>AgentPay:Roles</c>: object ids of groups whose members have a role, for tenants that send no app roles.</summary>
public sealed class RoleGroupOptions
{
    public const string Section = "AgentPay:Roles";

    public IReadOnlyList<string> Agent { get; init; } = [];

    public IReadOnlyList<string> Supervisor { get; init; } = [];

    public IReadOnlyList<string> Admin { get; init; } = [];
}

/// <summary>The roles that a token gives: its app roles, and those of the configured groups it names.</summary>
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
        // Entra can send groups in the claim "roles" as well ("Emit groups as role claims").
        var given = token.Claims.Where(claim => claim.Type is EntraClaims.Roles or Groups).ToLookup(claim => claim.Type, claim => claim.Value);
        return _roles
            .Where(known => given[EntraClaims.Roles].Contains(known.Role) || given.Any(values => values.Any(known.Groups.Contains)))
            .Select(known => known.Role);
    }

    /// <summary>Beyond 200 groups Entra sends a reference in their place (learn.microsoft.com/entra/identity-platform/access-token-claims-reference).</summary>
    public bool AreMissingIn(JsonWebToken token) => _roles.Any(known => known.Groups.Count > 0)
        && (token.TryGetPayloadValue<object>("hasgroups", out _)
            || (token.TryGetPayloadValue<Dictionary<string, object>>("_claim_names", out var names) && names.ContainsKey(Groups)));
}

/// <summary>Refuses role names that do not exist, single values in place of lists, and group names in place of object ids.</summary>
internal sealed class RoleGroupsValidator(IConfiguration configuration) : IValidateOptions<RoleGroupOptions>
{
    private static readonly string[] Known = [nameof(RoleGroupOptions.Agent), nameof(RoleGroupOptions.Supervisor), nameof(RoleGroupOptions.Admin)];

    public ValidateOptionsResult Validate(string? name, RoleGroupOptions options)
    {
        var failures = configuration.GetSection(RoleGroupOptions.Section).GetChildren().SelectMany(ProblemsOf).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ProblemsOf(IConfigurationSection role)
    {
        if (!Known.Contains(role.Key, StringComparer.OrdinalIgnoreCase)) return [$"{role.Path} is not a role. The roles are {string.Join(", ", Known)}."];
        if (!string.IsNullOrWhiteSpace(role.Value)) return [$"{role.Path} is a list. Set the environment variable AgentPay__Roles__{role.Key}__0."];
        var wrong = role.GetChildren().Where(group => !Guid.TryParseExact(group.Value, "D", out _));
        return wrong.Select(group => $"{group.Path} is not the object ID of a group, a GUID.");
    }
}
