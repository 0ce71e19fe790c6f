using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Someone in the tenant. <see cref="AppRole"/> is the value of the role in tokens; null for someone without any.</summary>
public sealed record Person(string ObjectId, string Name, string UserName, string? AppRole, string Duty)
{
    /// <summary>The <c>sub</c> of tokens: as at Entra, always the same for one application and different for each.</summary>
    public string SubjectAt(string clientId) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{ObjectId} at {clientId}")));
}
