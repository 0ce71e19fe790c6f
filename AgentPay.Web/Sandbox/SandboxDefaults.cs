using AgentPay.Web.Sandbox.Entra;

namespace AgentPay.Web.Sandbox;

/// <summary>The settings of an AgentPay that runs on the sandbox inside it.</summary>
public static class SandboxDefaults
{
    /// <summary>Goes over whatever else is configured, so that in this mode nothing is ever sent to a real account or tenant.</summary>
    public static void AddSandboxDefaults(this IConfigurationBuilder configuration) => configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Twilio:AccountSid"] = SandboxAccount.Sid,
        ["Twilio:AuthToken"] = SandboxAccount.AuthToken,
        ["Twilio:SecondaryAuthToken"] = "",
        ["Twilio:ApiKeySid"] = SandboxAccount.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxAccount.ApiKeySecret,
        ["Twilio:Region"] = "",
        ["Twilio:Edge"] = "",
        ["Twilio:ApiBaseUrl"] = SandboxFeature.TwilioPath,
        ["Twilio:SyncBaseUrl"] = SandboxFeature.SyncPath,
        ["Twilio:Sync:AccountSid"] = "",
        ["Twilio:Sync:ApiKeySid"] = "",
        ["Twilio:Sync:ApiKeySecret"] = "",
        ["AzureAd:Instance"] = EntraTenant.InstancePath + "/",
        ["AzureAd:TenantId"] = EntraTenant.Id,
        ["AzureAd:ClientId"] = EntraTenant.ClientId,
        ["AzureAd:ClientSecret"] = EntraTenant.ClientSecret,
        ["AzureAd:Audience"] = "",
    });
}
