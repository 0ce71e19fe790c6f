using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>What is kept of a token of Entra: learn.microsoft.com/entra/identity-platform/id-token-claims-reference.</summary>
internal static class EntraClaims
{
    public const string ObjectId = "oid";
    public const string TenantId = "tid";
    public const string Name = "name";
    public const string PrincipalName = "preferred_username";
    public const string Roles = "roles";
    public const string Scope = "scp";

    /// <summary>Set when Entra has left out the groups because there are too many of them, and no role is known.</summary>
    public const string GroupsMissing = "groups_missing";

    /// <summary>
    /// The principal name is the identity of Sync tokens and the owner of payments, so it has to be the same in every token of a person, unique and,
    /// if possible, readable. <c>preferred_username</c> (version 2.0) and <c>upn</c> (version 1.0) are one name and unique in a tenant. Without them
    /// the object id is used, which never changes. <c>email</c> comes last: it may be reassigned.
    /// </summary>
    private static readonly string[] PrincipalNames = [PrincipalName, "upn", ObjectId, "email"];

    /// <summary>Null when the claim is missing, null, empty, or not text.</summary>
    public static string? TextOf(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text ? text : null;

    /// <summary>Null when the token has none of the claims that could name a person.</summary>
    public static string? PrincipalNameOf(JsonWebToken token) => PrincipalNames.Select(claim => TextOf(token, claim)).FirstOrDefault(text => text is not null);

    /// <param name="principalName">Null for an application, which is no user.</param>
    public static ClaimsPrincipal PrincipalOf(JsonWebToken token, string scheme, string? principalName, RoleGroups groups)
    {
        var roles = groups.RolesOf(token).ToList();
        (string Type, string? Value)[] kept =
        [
            (ObjectId, TextOf(token, ObjectId) ?? principalName), (TenantId, TextOf(token, TenantId)), (Name, TextOf(token, Name)), (PrincipalName, principalName),
            .. roles.Select(role => (Roles, role)),
            (GroupsMissing, roles.Count == 0 && groups.AreMissingIn(token) ? "true" : null),
        ];
        return new(new ClaimsIdentity(kept.Where(claim => claim.Value is not null).Select(claim => new Claim(claim.Type, claim.Value!)), scheme, Name, Roles));
    }
}
