using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Instances of AgentPay in Live mode with one public URL, and a sandbox that runs as a separate server.</summary>
internal static class LiveApp
{
    public const string PublicBaseUrl = "http://localhost:7080";

    public static Dictionary<string, string?> Settings(SandboxApp sandbox) => new()
    {
        ["AgentPay:Mode"] = "Live",
        ["AgentPay:PublicBaseUrl"] = PublicBaseUrl,
        ["Voice:OriginationUri"] = "pbx.example.com",
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:ApiBaseUrl"] = $"{sandbox.Url}sandbox/twilio",
        ["Twilio:SyncBaseUrl"] = $"{sandbox.Url}sandbox/sync",
        ["AzureAd:Instance"] = $"{sandbox.Url}sandbox/entra/",
        ["AzureAd:TenantId"] = EntraForge.Tenant,
        ["AzureAd:ClientId"] = EntraForge.ClientId,
        ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
    };

    public static AgentPayApp Start(SandboxApp sandbox, params (string Key, string Value)[] more)
    {
        var settings = Settings(sandbox);
        foreach (var (key, value) in more) settings[key] = value;
        return new(settings);
    }

    /// <summary>Waits until the instance has its keys.</summary>
    public static Task OpenedAsync(this AgentPayApp app) => app.Services.GetRequiredService<SyncKeyRing>().Opened.WaitAsync(TestLimit.Time);

    /// <summary>Returns the target of a redirect to the public URL, as a URL of this instance.</summary>
    public static string At(this AgentPayApp app, Uri location) =>
        new Uri(app.Url, location.AbsoluteUri[PublicBaseUrl.Length..]).AbsoluteUri;
}
