using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>A token of Entra's that holds, or a kebab-case word for why it does not: always one of the two.</summary>
internal sealed record EntraVerdict
{
    public const string Expired = "expired";
    public const string NotYetValid = "not-yet-valid";

    private EntraVerdict(JsonWebToken? token, string? refusal) => (Token, Refusal) = (token, refusal);

    public JsonWebToken? Token { get; }

    public string? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsValid => Token is not null;

    public static EntraVerdict Valid(JsonWebToken token) => new(token, null);

    public static EntraVerdict Refused(string why) => new(null, why);
}
