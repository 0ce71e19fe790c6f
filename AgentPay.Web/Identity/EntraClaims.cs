using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>What is kept of a token of Entra's: learn.microsoft.com/entra/identity-platform/id-token-claims-reference.</summary>
internal static class EntraClaims
{
    public const string ObjectId = "oid";
    public const string TenantId = "tid";
    public const string Name = "name";
    public const string PrincipalName = "preferred_username";
    public const string Roles = "roles";

    private static readonly string[] Kept = [ObjectId, TenantId, Name, PrincipalName, Roles];

    /// <summary>Null when the claim is missing, null, empty, or no text.</summary>
    public static string? TextOf(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text ? text : null;

    public static ClaimsPrincipal PrincipalOf(JsonWebToken token, string scheme)
    {
        var claims = token.Claims.Where(claim => Kept.Contains(claim.Type)).Select(claim => new Claim(claim.Type, claim.Value));
        return new(new ClaimsIdentity(claims, scheme, Name, Roles));
    }
}
