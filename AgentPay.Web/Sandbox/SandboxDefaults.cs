using AgentPay.Web.Sandbox.Entra;
using AgentPay.Web.Sandbox.Recorder;

namespace AgentPay.Web.Sandbox;

/// <summary>The settings of an AgentPay process that runs on its own sandbox.</summary>
public static class SandboxDefaults
{
    /// <summary>
    /// Overrides the account and tenant settings, so that nothing is sent to a real account.
    /// The phone number and the SIP domain use AgentPay's own webhooks unless other URLs are configured.
    /// </summary>
    public static void AddSandboxDefaults(this IConfigurationManager configuration)
    {
        var outboundUuiHeader = configuration["Voice:OutboundUuiHeader"];
        var webhooks = configuration["AgentPay:PublicBaseUrl"]?.Trim().TrimEnd('/') ?? "";
        var defaults = new Dictionary<string, string?>
        {
            ["Sandbox:InboundUrl"] = webhooks + "/inboundHandler",
            ["Sandbox:InboundStatusCallback"] = webhooks + "/callStatus",
            ["Sandbox:OutboundUrl"] = webhooks + "/outboundHandler",
            ["Sandbox:OutboundStatusCallback"] = webhooks + "/callStatus",
            ["Sandbox:UuiHeader"] = string.IsNullOrWhiteSpace(outboundUuiHeader) ? configuration["Voice:UuiHeader"] : outboundUuiHeader,
            ["Sandbox:ConsoleUrl"] = "/",
            ["Voice:OriginationUri"] = "pbx.example.com",
            // Only this process uses the sandbox, so it need not wait for other instances to agree on a Sync service.
            ["Sync:Settling"] = "00:00:00",
            // The data protection keys end with the process. A cookie of an earlier run would only cause noise in the log.
            ["Logging:LogLevel:Microsoft.AspNetCore.Antiforgery"] = "None",
        };
        configuration.AddInMemoryCollection(defaults.Where(setting =>
            string.IsNullOrWhiteSpace(configuration[setting.Key]) && !string.IsNullOrWhiteSpace(setting.Value)));
        // Receipts work without any configuration.
        if (string.IsNullOrWhiteSpace(configuration["Payments:Receipts:MessagingServiceSid"])
            && string.IsNullOrWhiteSpace(configuration["Payments:Receipts:From"]))
        {
            var number = configuration["Sandbox:Numbers"]?.Split(',')[0].Trim();
            configuration["Payments:Receipts:From"] = string.IsNullOrEmpty(number) ? "+61280000000" : number;
        }
        // The sandbox's own recorder needs no more than its address.
        if (configuration["Events:Url"]?.Trim() == RecorderFeature.Path && string.IsNullOrWhiteSpace(configuration["Events:Secret"]))
            configuration["Events:Secret"] = SandboxAccount.EventSecret;
        configuration.AddInMemoryCollection(AccountAndTenant);
        // Configured credentials are replaced by the sandbox's secret, unless the sandbox's Entra ID knows their certificate.
        if (string.IsNullOrWhiteSpace(configuration["Sandbox:ClientCertificate"]))
            configuration.AddInMemoryCollection(ReplaceWithSecret(configuration.GetSection("AzureAd:ClientCredentials")));
    }

    private static List<KeyValuePair<string, string?>> ReplaceWithSecret(IConfigurationSection credentials) =>
    [
        .. credentials.GetChildren().SelectMany(credential => (KeyValuePair<string, string?>[])
            [new(credential.Path + ":SourceType", "ClientSecret"), new(credential.Path + ":ClientSecret", EntraTenant.ClientSecret)]),
    ];

    private static Dictionary<string, string?> AccountAndTenant => new()
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
    };
}
