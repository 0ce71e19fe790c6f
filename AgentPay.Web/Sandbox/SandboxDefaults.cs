using AgentPay.Web.Sandbox.Entra;

namespace AgentPay.Web.Sandbox;

/// <summary>The settings of an AgentPay that runs on the sandbox inside it.</summary>
public static class SandboxDefaults
{
    /// <summary>
    /// Account and tenant go over whatever else is configured, so that in this mode nothing is ever sent to real ones.
    /// The phone number and the SIP domain lead to AgentPay's own webhooks, unless they are configured otherwise.
    /// </summary>
    public static void AddSandboxDefaults(this IConfigurationManager configuration)
    {
        var webhooks = configuration["AgentPay:PublicBaseUrl"]?.Trim().TrimEnd('/') ?? "";
        var defaults = new Dictionary<string, string?>
        {
            ["Sandbox:InboundUrl"] = webhooks + "/inboundHandler",
            ["Sandbox:InboundStatusCallback"] = webhooks + "/callStatus",
            ["Sandbox:OutboundUrl"] = webhooks + "/outboundHandler",
            ["Sandbox:OutboundStatusCallback"] = webhooks + "/callStatus",
            ["Sandbox:UuiHeader"] = string.IsNullOrWhiteSpace(configuration["Voice:OutboundUuiHeader"]) ? configuration["Voice:UuiHeader"] : configuration["Voice:OutboundUuiHeader"],
            ["Sandbox:ConsoleUrl"] = "/",
            ["Voice:OriginationUri"] = "pbx.example.com",
            // The one who has this sandbox is alone on it, and need not wait for others to agree on a Sync service.
            ["Sync:Settling"] = "00:00:00",
            // The keys live in the sandbox and go with it: a cookie of the last run is nothing to report.
            ["Logging:LogLevel:Microsoft.AspNetCore.Antiforgery"] = "None",
        };
        configuration.AddInMemoryCollection(defaults.Where(n => string.IsNullOrWhiteSpace(configuration[n.Key]) && !string.IsNullOrWhiteSpace(n.Value)));
        configuration.AddInMemoryCollection(AccountAndTenant);
        // Credentials of a real tenant are not used here, unless the sandbox's Entra has been given their certificate.
        if (string.IsNullOrWhiteSpace(configuration["Sandbox:ClientCertificate"])) configuration.AddInMemoryCollection(SecretInPlaceOf(configuration.GetSection("AzureAd:ClientCredentials")));
    }

    private static List<KeyValuePair<string, string?>> SecretInPlaceOf(IConfigurationSection credentials) =>
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
