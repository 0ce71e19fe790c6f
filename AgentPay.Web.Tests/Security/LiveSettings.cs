using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Security;

/// <summary>The settings of AgentPay in Live mode, with a sandbox as Twilio.</summary>
internal static class LiveSettings
{
    public static Dictionary<string, string?> Of(SandboxApp sandbox, string entra, string publicBaseUrl) => new()
    {
        ["AgentPay:Mode"] = "Live",
        ["AgentPay:PublicBaseUrl"] = publicBaseUrl,
        ["Voice:OriginationUri"] = "pbx.example.com",
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:ApiBaseUrl"] = $"{sandbox.Url}sandbox/twilio",
        ["Twilio:SyncBaseUrl"] = $"{sandbox.Url}sandbox/sync",
        ["AzureAd:Instance"] = entra,
        ["AzureAd:TenantId"] = EntraForge.Tenant,
        ["AzureAd:ClientId"] = EntraForge.ClientId,
        ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
    };
}
