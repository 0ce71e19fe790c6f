using System.Net.Http.Json;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>AgentPay in its own process on the first core, with a stub of Twilio in this process, which uses the second core.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TestLimit.Time };
    private LoadProcess _process = null!;

    public required StubTwilio Twilio { get; init; }

    /// <summary>Base URL without a trailing slash.</summary>
    public required string Url { get; init; }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory => _process.Memory;

    /// <param name="entra">The base URL of a sandbox for people who sign in; null if nobody does.</param>
    /// <param name="published">The assembly of a published build, which reports no usage; null for the build of the tests.</param>
    public static async Task<MeasuredServer> StartAsync(string? entra = null, string? published = null)
    {
        var url = $"http://127.0.0.1:{FixedPort.Next()}";
        var server = new MeasuredServer { Twilio = await StubTwilio.StartAsync(), Url = url };
        server._process = await LoadProcess.StartAsync(server.Settings(entra ?? "http://127.0.0.1:9"), url, core: 0, published);
        while (!(await server._http.GetAsync(url + "/health/ready")).IsSuccessStatusCode) await Task.Delay(10);
        return server;
    }

    public async Task<ServerUsage> UsageAsync(bool collects = false) =>
        (await _http.GetFromJsonAsync<ServerUsage>($"{Url}/load/usage{(collects ? "?collect=true" : "")}"))!;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Twilio.DisposeAsync();
        _http.Dispose();
    }

    private Dictionary<string, string> Settings(string entra) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AgentPay:Mode"] = "Live",
        ["AgentPay:PublicBaseUrl"] = Url,
        ["Voice:OriginationUri"] = "pbx.example.com",
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:ApiBaseUrl"] = Twilio.Url,
        ["Twilio:SyncBaseUrl"] = Twilio.Url,
        ["AzureAd:Instance"] = entra + "/sandbox/entra/",
        ["AzureAd:TenantId"] = EntraForge.Tenant,
        ["AzureAd:ClientId"] = EntraForge.ClientId,
        ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
        ["Sync:ServiceSid"] = StubTwilio.Service,
        // The stub has no limits, and the work of AgentPay is measured.
        ["Sync:WritesPerSecond"] = "10000",
        // One person opens all pages.
        ["Console:MaxPagesPerPerson"] = "2000",
        ["Payments:CaptureWindow"] = "01:00:00",
        ["Payments:Profiles:0:Name"] = "Default",
        ["Payments:Profiles:0:Connector"] = "Default",
        ["Payments:Profiles:0:Currency"] = "AUD",
    };
}
