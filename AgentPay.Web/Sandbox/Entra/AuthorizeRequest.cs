using System.Buffers;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>What a client asks of the authorization endpoint: a code, with PKCE, in one of two ways of getting it.</summary>
public sealed record AuthorizeRequest(Scopes Scopes, string CodeChallenge, string? Nonce, string? Prompt, string? LoginHint)
{
    /// <summary>A SHA-256 in base64url.</summary>
    private const int ChallengeLength = 43;

    private static readonly SearchValues<char> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public bool IsSilent => Prompt == "none";

    public static AuthorizeRequest Read(OAuthParameters parameters)
    {
        // Goes back as it came, but may not come twice either.
        _ = parameters.Optional("state");
        Require(parameters.Optional("response_mode") is null or "query" or "form_post", "unsupported_response_mode", 70007, "response_mode has to be query or form_post.");
        Require(parameters.Required("response_type") is "code", "unsupported_response_type", 70005, "response_type has to be code.");
        var scopes = new Scopes(parameters.Required("scope"));
        var challenge = parameters.Required("code_challenge");
        Require(parameters.Required("code_challenge_method") is "S256", "invalid_request", 50149, "code_challenge_method has to be S256.");
        Require(challenge.Length == ChallengeLength && !challenge.AsSpan().ContainsAnyExcept(Base64Url), "invalid_request", 501491, "code_challenge has to be a SHA-256 in base64url.");
        var prompt = parameters.Optional("prompt");
        Require(prompt is null or "none" or "login" or "select_account" or "consent", "invalid_request", 90023, "The value of prompt is not supported.");
        return new(scopes, challenge, parameters.Optional("nonce"), prompt, parameters.Optional("login_hint"));
    }

    private static void Require(bool holds, string error, int code, string message)
    {
        if (!holds) throw new EntraError(error, code, message);
    }
}
