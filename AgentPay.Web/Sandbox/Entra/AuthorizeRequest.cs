using System.Buffers;

namespace AgentPay.Web.Sandbox.Entra;

// The parameters of an authorization request: a code with PKCE, returned by query or form_post.
public sealed record AuthorizeRequest(Scopes Scopes, string CodeChallenge, string? Nonce, string? Prompt, string? LoginHint)
{
    // The length of a SHA-256 hash in base64url.
    private const int ChallengeLength = 43;

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public bool IsSilent => Prompt == "none";

    public static AuthorizeRequest Read(OAuthParameters parameters)
    {
        // ReplyAddress returns the state unchanged. Here it is only checked that it is not given twice.
        _ = parameters.Optional("state");
        var mode = parameters.Optional("response_mode");
        Require(
            mode is null or "query" or "form_post",
            "unsupported_response_mode", 70007, "response_mode must be query or form_post.");
        Require(
            parameters.Required("response_type") is "code",
            "unsupported_response_type", 70005, "response_type must be code.");
        var scopes = new Scopes(parameters.Required("scope"));
        var challenge = parameters.Required("code_challenge");
        Require(
            parameters.Required("code_challenge_method") is "S256",
            "invalid_request", 50149, "code_challenge_method must be S256.");
        Require(
            challenge.Length == ChallengeLength && !challenge.AsSpan().ContainsAnyExcept(Base64Url),
            "invalid_request", 501491, "code_challenge must be a SHA-256 hash in base64url.");
        var prompt = parameters.Optional("prompt");
        Require(
            prompt is null or "none" or "login" or "select_account" or "consent",
            "invalid_request", 90023, "The value of prompt is not supported.");
        return new(scopes, challenge, parameters.Optional("nonce"), prompt, parameters.Optional("login_hint"));
    }

    private static void Require(bool holds, string error, int code, string message)
    {
        if (!holds) throw new EntraError(error, code, message);
    }
}
