using AgentPay.Web.Identity;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentPay.Web.Tests.SelfTest;

/// <summary>AgentPay in Live mode, on a sandbox that plays Twilio and Entra. Both use the system's clock, so retries happen soon.</summary>
internal sealed class SetupBench : IAsyncDisposable
{
    public static readonly CurrentUser Tomas =
        new("00000000-0000-4000-8000-00000000000c", "Tomás Herrera", "tomas@agentpay.example", [AgentPayRoles.Admin]);

    private readonly SandboxApp _sandbox = new(realTime: true);

    /// <param name="changes">Settings over working ones; <c>{sandbox}</c> stands for the sandbox's address.</param>
    public SetupBench(params (string Key, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AgentPay:Mode"] = "Live",
            ["AgentPay:PublicBaseUrl"] = _sandbox.Url.AbsoluteUri,
            ["Voice:OriginationUri"] = "pbx.agentpay.test",
            ["Voice:CallerId"] = "+61280000000",
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:ApiBaseUrl"] = $"{_sandbox.Url}sandbox/twilio",
            ["Twilio:SyncBaseUrl"] = $"{_sandbox.Url}sandbox/sync",
            ["AzureAd:Instance"] = $"{_sandbox.Url}sandbox/entra/",
            ["AzureAd:TenantId"] = EntraForge.Tenant,
            ["AzureAd:ClientId"] = EntraForge.ClientId,
            ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
        };
        foreach (var (key, value) in changes) settings[key] = value;
        App = new(settings, services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)));
    }

    public AgentPayApp App { get; }

    public SandboxControl Control => _sandbox.Control;

    /// <summary>What a check finds.</summary>
    public Task<Finding> RunAsync<TCheck>() where TCheck : ICheck
    {
        var test = App.Services.GetRequiredService<SelfTestRunner>();
        return test.RunAsync(test.Checks.OfType<TCheck>().Single(), Tomas, default);
    }

    public async Task<IReadOnlyList<Finding>> RunAllAsync()
    {
        var test = App.Services.GetRequiredService<SelfTestRunner>();
        return await Task.WhenAll(test.Checks.Select(check => test.RunAsync(check, Tomas, default)));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _sandbox.DisposeAsync();
    }
}
