using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>What an authorization code stands for: who signed in, and what the redeeming client has to show.</summary>
public sealed record Grant(Person Person, AuthorizeRequest Request, string RedirectUri, TokenFault Fault)
{
    public void RequireRedeemer(string redirectUri, string? codeVerifier)
    {
        if (redirectUri != RedirectUri)
            throw new EntraError("invalid_client", 500112, "The redirect_uri is not the one that the code was asked for with.");
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier ?? "")));
        if (challenge != Request.CodeChallenge)
            throw new EntraError("invalid_grant", 50148, "The code_verifier does not fit the code_challenge that the code was asked for with.");
    }
}
