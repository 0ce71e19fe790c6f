using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

/// <summary>Reads the configuration in effect, by section. Secrets are only reported as set or not set.</summary>
public sealed class Settings(
    IConfiguration configuration,
    IOptions<AgentPayOptions> agentPay,
    IOptions<AzureAdOptions> azureAd,
    IOptions<RoleGroupOptions> roleGroups,
    IOptions<SyncOptions> sync,
    IOptions<VoiceOptions> voice,
    IOptions<PaymentsOptions> payments)
{
    public IReadOnlyList<SettingGroup> Read() => [AgentPay(), Entra(), Twilio(), Sync(), Voice(), Payments(), Segment(), Console()];

    private SettingGroup AgentPay() => new("AgentPay",
    [
        Open("AgentPay:Mode", agentPay.Value.Mode),
        Open("AgentPay:PublicBaseUrl", agentPay.Value.PublicBaseUrl, isNeeded: agentPay.Value.Mode == AgentPayMode.Live),
        Open("AgentPay:AllowedOrigins", string.Join(", ", agentPay.Value.AllowedOrigins)),
        Open("AgentPay:FrameAncestors", string.Join(" ", agentPay.Value.FrameAncestors)),
        Open("AgentPay:KnownProxies", string.Join(", ", agentPay.Value.KnownProxies)),
        Open("AgentPay:RateLimits:SignInPerMinute", agentPay.Value.RateLimits.SignInPerMinute),
        Open("AgentPay:RateLimits:ApiPerMinute", agentPay.Value.RateLimits.ApiPerMinute),
        Open("AgentPay:DrainTime", agentPay.Value.DrainTime),
        Secret("AgentPay:KeyRingSecret", configuration["AgentPay:KeyRingSecret"]),
        Open("AgentPay:KeyRingCertificate", configuration["AgentPay:KeyRingCertificate"]),
        Secret("AgentPay:KeyRingCertificatePassword", configuration["AgentPay:KeyRingCertificatePassword"]),
    ]);

    private SettingGroup Entra() => new("Entra ID",
    [
        Open("AzureAd:Instance", azureAd.Value.Instance),
        Open("AzureAd:TenantId", azureAd.Value.TenantId, isNeeded: true),
        Open("AzureAd:ClientId", azureAd.Value.ClientId, isNeeded: true),
        Secret("AzureAd:ClientSecret", azureAd.Value.ClientSecret, isNeeded: azureAd.Value.ClientCredentials.Count == 0),
        Open("AzureAd:ClientCredentials", string.Join(", ", azureAd.Value.ClientCredentials.Select(credential => credential.SourceType))),
        Open("AzureAd:CallbackPath", azureAd.Value.CallbackPath),
        Open("AzureAd:SignedOutCallbackPath", azureAd.Value.SignedOutCallbackPath),
        Open("AzureAd:Audience", azureAd.Value.Audience),
        Open("AgentPay:Roles:Agent", string.Join(", ", roleGroups.Value.Agent)),
        Open("AgentPay:Roles:Supervisor", string.Join(", ", roleGroups.Value.Supervisor)),
        Open("AgentPay:Roles:Admin", string.Join(", ", roleGroups.Value.Admin)),
    ]);

    private SettingGroup Twilio() => new("Twilio",
    [
        Open("Twilio:AccountSid", configuration["Twilio:AccountSid"], isNeeded: true),
        Secret("Twilio:AuthToken", configuration["Twilio:AuthToken"], isNeeded: true),
        Secret("Twilio:SecondaryAuthToken", configuration["Twilio:SecondaryAuthToken"]),
        Open("Twilio:ApiKeySid", configuration["Twilio:ApiKeySid"]),
        Secret("Twilio:ApiKeySecret", configuration["Twilio:ApiKeySecret"]),
        Open("Twilio:Region", configuration["Twilio:Region"]),
        Open("Twilio:Edge", configuration["Twilio:Edge"]),
        Open("Twilio:ApiBaseUrl", configuration["Twilio:ApiBaseUrl"]),
        Open("Twilio:SyncBaseUrl", configuration["Twilio:SyncBaseUrl"]),
        Open("Twilio:Sync:AccountSid", SyncCredential("AccountSid")),
        Open("Twilio:Sync:ApiKeySid", SyncCredential("ApiKeySid")),
        Secret("Twilio:Sync:ApiKeySecret", SyncCredential("ApiKeySecret")),
    ]);

    /// <summary>A credential for Sync; the account's credential if Sync has none.</summary>
    private string? SyncCredential(string key) =>
        configuration[$"Twilio:Sync:{key}"] is { Length: > 0 } own ? own : configuration[$"Twilio:{key}"];

    private SettingGroup Sync() => new("Sync",
    [
        Open("Sync:ServiceSid", sync.Value.ServiceSid),
        Open("Sync:ServiceName", sync.Value.ServiceName),
        Open("Sync:ItemTtl", sync.Value.ItemTtl),
        Open("Sync:EndedTtl", sync.Value.EndedTtl),
        Open("Sync:HistoryTtl", sync.Value.HistoryTtl),
        Open("Sync:AclEnabled", sync.Value.AclEnabled),
        Open("Sync:BusyPoll", sync.Value.BusyPoll),
        Open("Sync:IdlePoll", sync.Value.IdlePoll),
        Open("Sync:DelayedAfter", sync.Value.DelayedAfter),
        Open("Sync:Settling", sync.Value.Settling),
        Open("Sync:MirrorPartials", sync.Value.MirrorPartials),
    ]);

    private SettingGroup Voice() => new("Voice",
    [
        Open("Voice:OriginationUri", voice.Value.OriginationUri, isNeeded: agentPay.Value.Mode == AgentPayMode.Live),
        Open("Voice:UuiHeader", voice.Value.UuiHeader),
        Open("Voice:InboundUuiHeader", voice.Value.InboundUuiHeader),
        Open("Voice:OutboundUuiHeader", voice.Value.OutboundUuiHeader),
        Open("Voice:DefaultCountry", voice.Value.DefaultCountry),
        Open("Voice:AnswerOnBridge", voice.Value.AnswerOnBridge),
        Open("Voice:CallerId", voice.Value.CallerId),
    ]);

    private SettingGroup Payments() => new("Payments",
    [
        Open("Payments:Profiles", string.Join(", ", payments.Value.Profiles.Select(profile => profile.Name))),
        Open("Payments:Connectors", payments.Value.Connectors),
        Open("Payments:CaptureWindow", payments.Value.CaptureWindow),
        Open("Payments:OutcomeTimeout", payments.Value.OutcomeTimeout),
        Open("Payments:DuplicateWindow", payments.Value.DuplicateWindow),
    ]);

    private SettingGroup Segment() => new("Segment",
    [
        Secret("Segment:WriteKey", configuration["Segment:WriteKey"]),
        Open("Segment:BaseUrl", configuration["Segment:BaseUrl"]),
        Open("Segment:FlushInterval", configuration["Segment:FlushInterval"]),
        Open("Segment:BatchSize", configuration["Segment:BatchSize"]),
    ]);

    private SettingGroup Console() => new("Console",
    [
        Open("Console:BrandColor", configuration["Console:BrandColor"]),
        Open("Console:LogoUrl", configuration["Console:LogoUrl"]),
    ]);

    private Setting Open(string key, object? inEffect, bool isNeeded = false)
    {
        var shown = inEffect is bool flag ? (flag ? "true" : "false") : Convert.ToString(inEffect, CultureInfo.InvariantCulture);
        return new(key, StateOf(key, shown, isNeeded), string.IsNullOrWhiteSpace(shown) ? null : shown);
    }

    private Setting Secret(string key, string? inEffect, bool isNeeded = false) => new(key, StateOf(key, inEffect, isNeeded), null);

    private SettingState StateOf(string key, string? inEffect, bool isNeeded) =>
        IsConfigured(key) ? SettingState.Set
        : !string.IsNullOrWhiteSpace(inEffect) ? SettingState.Default
        : isNeeded ? SettingState.Missing
        : SettingState.NotSet;

    /// <summary>True also for a configured value that equals the default.</summary>
    private bool IsConfigured(string key) =>
        configuration.GetSection(key) is var section && (!string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any());
}
