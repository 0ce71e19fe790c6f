using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>A person in the tenant. <see cref="AppRole"/> is the role claim in tokens; null for a person without a role.</summary>
public sealed record Person(string ObjectId, string Name, string UserName, string? AppRole, string RoleName)
{
    // The sub claim. As in Entra ID, it is constant for one application and differs between applications.
    public string SubjectAt(string clientId) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{ObjectId} at {clientId}")));
}
