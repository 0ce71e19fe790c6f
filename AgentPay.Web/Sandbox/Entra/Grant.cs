using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The data of an authorization code: the person who signed in, and what the client must present to redeem it.</summary>
public sealed record Grant(Person Person, AuthorizeRequest Request, string RedirectUri, TokenFault Fault)
{
    public void CheckRedemption(string redirectUri, string? codeVerifier)
    {
        if (redirectUri != RedirectUri)
            throw new EntraError("invalid_client", 500112, "The redirect_uri differs from that of the authorization request.");
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier ?? "")));
        if (challenge != Request.CodeChallenge)
            throw new EntraError("invalid_grant", 50148, "The code_verifier does not match the code_challenge.");
    }
}
