using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>The claims of Entra's tokens that are kept: learn.microsoft.com/entra/identity-platform/id-token-claims-reference.</summary>
internal static class EntraClaims
{
    public const string ObjectId = "oid";
    public const string TenantId = "tid";
    public const string Name = "name";
    public const string PrincipalName = "preferred_username";
    public const string Roles = "roles";
    public const string Scope = "scp";

    /// <summary>Set if the user has no role and Entra has omitted the groups because there are too many.</summary>
    public const string GroupsMissing = "groups_missing";

    // The principal name is the identity in Sync tokens and the owner of payments. It must be unique, and the same in all tokens of a user.
    // preferred_username (version 2.0) and upn (version 1.0) have the same value, which is unique in a tenant. Without them the object id
    // is used, which never changes. email comes last, because it may be reassigned.
    private static readonly string[] PrincipalNames = [PrincipalName, "upn", ObjectId, "email"];

    /// <summary>Null if the claim is missing, null, empty, or not text.</summary>
    public static string? TextOf(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text ? text : null;

    /// <summary>Null if the token has no claim with a name or an id of the user.</summary>
    public static string? PrincipalNameOf(JsonWebToken token) =>
        PrincipalNames.Select(claim => TextOf(token, claim)).FirstOrDefault(text => text is not null);

    /// <param name="principalName">Null for an application.</param>
    public static ClaimsPrincipal PrincipalOf(JsonWebToken token, string scheme, string? principalName, RoleGroups groups)
    {
        var roles = groups.RolesOf(token).ToList();
        (string Type, string? Value)[] kept =
        [
            (ObjectId, TextOf(token, ObjectId) ?? principalName),
            (TenantId, TextOf(token, TenantId)),
            (Name, TextOf(token, Name)),
            (PrincipalName, principalName),
            .. roles.Select(role => (Roles, role)),
            (GroupsMissing, roles.Count == 0 && groups.AreMissingIn(token) ? "true" : null),
        ];
        var claims = kept.Where(claim => claim.Value is not null).Select(claim => new Claim(claim.Type, claim.Value!));
        return new(new ClaimsIdentity(claims, scheme, Name, Roles));
    }
}
