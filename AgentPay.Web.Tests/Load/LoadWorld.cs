using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// Three processes: the sandbox, and two of AgentPay in Live mode behind a load balancer. One of the two can be killed at any time.
/// </summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private readonly LoadProcess[] _instances;
    private readonly List<LoadProcess> _dead = [];
    private readonly int? _core;
    private LoadProcess _sandbox = null!;
    private TimeSpan _ahead;
    private int _busy;
    private string _service = "";

    private LoadWorld(Balancer balancer, int instances, int? core) => (Balancer, _instances, _core) = (balancer, new LoadProcess[instances], core);

    public Balancer Balancer { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1000 }) { Timeout = TestLimit.Time };

    /// <summary>A client of the sandbox's own.</summary>
    public HttpClient Sandbox { get; private set; } = null!;

    public SandboxControl Control => new(Sandbox);

    /// <summary>The ends that agents and front ends have been shown, by Twilio's SID of the payment.</summary>
    public ConcurrentDictionary<string, PaymentPhase> Shown { get; } = new();

    public IReadOnlyList<LoadProcess> Instances => _instances;

    public int Kills => _dead.Count;

    /// <summary>How often a start was refused because AgentPay was busy.</summary>
    public int Busy => _busy;

    /// <summary>The time on the clocks of all processes, UTC.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + _ahead;

    /// <param name="seed">Of the faults.</param>
    /// <param name="core">The only core that AgentPay may use, where it is measured; null for all.</param>
    public static async Task<LoadWorld> StartAsync(int seed, int instances = 2, int? core = null)
    {
        var world = new LoadWorld(await Balancer.StartAsync(), instances, core);
        world._sandbox = await LoadProcess.StartAsync(new Dictionary<string, string>
        {
            ["AgentPay:Mode"] = "SandboxServer",
            ["Sandbox:Seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["Sandbox:InboundUrl"] = world.Balancer.Url + "/inboundHandler",
            ["Sandbox:InboundStatusCallback"] = world.Balancer.Url + "/callStatus",
        });
        world.Sandbox = new() { BaseAddress = new(world._sandbox.Url) };
        for (var i = 0; i < world._instances.Length; i++) await world.StartInstanceAsync(i);
        await world.TellNewsAsync();
        return world;
    }

    /// <summary>Kills an instance and starts another in its place, at once.</summary>
    public async Task KillAsync(int instance)
    {
        await _instances[instance].KillAsync();
        _dead.Add(_instances[instance]);
        await StartInstanceAsync(instance);
    }

    public void CountBusy() => Interlocked.Increment(ref _busy);

    /// <summary>Puts the clock of every process forward.</summary>
    public async Task PutForwardAsync(TimeSpan by)
    {
        _ahead += by;
        foreach (var process in _instances.Append(_sandbox)) (await Http.PostAsync($"{process.Url}/load/clock?ahead={by.TotalSeconds.ToString(CultureInfo.InvariantCulture)}", null)).EnsureSuccessStatusCode();
    }

    /// <summary>Asked again while Sync has no breath left for it.</summary>
    public async Task<T> ReadAsync<T>(LoadProcess process, string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return (await Http.GetFromJsonAsync<T>($"{process.Url}/load/{path}", SyncJson.Options))!;
            }
            catch (HttpRequestException busy) when (busy.StatusCode == HttpStatusCode.ServiceUnavailable && tries < 30)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    public async Task<IReadOnlyList<Charge>> ChargesAsync() =>
        (await Sandbox.GetFromJsonAsync<List<Charge>>("sandbox/control/gateway"))!.Where(c => c.Outcome?.Id is not null).ToList();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _instances.Append(_sandbox)) if (process is not null) await process.DisposeAsync();
        await Balancer.DisposeAsync();
        Http.Dispose();
        Sandbox.Dispose();
    }

    private async Task StartInstanceAsync(int number)
    {
        var instance = _instances[number] = await LoadProcess.StartAsync(Settings(), core: _core);
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (!await IsReadyAsync(instance, limit.Token))
        {
            // Asked again at once: it answers when it has looked.
        }
        Balancer.Balance([.. _instances.Where(i => i is not null).Select(i => i.Url)]);
    }

    private async Task<bool> IsReadyAsync(LoadProcess instance, CancellationToken cancellation)
    {
        using var answer = await Http.GetAsync(instance.Url + "/health/ready", cancellation);
        return answer.IsSuccessStatusCode;
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = _core is null ? "Development" : "Production",
        ["AgentPay:Mode"] = "Live",
        ["AgentPay:PublicBaseUrl"] = Balancer.Url,
        ["Voice:OriginationUri"] = "pbx.example.com",
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:ApiBaseUrl"] = _sandbox.Url + "/sandbox/twilio",
        ["Twilio:SyncBaseUrl"] = _sandbox.Url + "/sandbox/sync",
        ["AzureAd:Instance"] = _sandbox.Url + "/sandbox/entra/",
        ["AzureAd:TenantId"] = EntraForge.Tenant,
        ["AzureAd:ClientId"] = EntraForge.ClientId,
        ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
        ["Sync:Settling"] = "00:00:00",
        ["Sync:EndedTtl"] = "01:00:00",
        ["Payments:OutcomeTimeout"] = "00:00:30",
        ["Load:Ahead"] = _ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>An item of <c>payMap</c> as a front end reads it that has heard nothing for a while; published to whoever follows it.</summary>
    public async Task FetchItemAsync(string payment, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_sandbox.Url}/sandbox/sync/v1/Services/{_service}/Maps/payMap/Items/{payment}");
        request.Headers.Add("X-Twilio-Token", token);
        using var answer = await Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) return;
        var item = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Balancer.PayMap.Publish(payment, new(Convert.ToInt64(item.GetProperty("revision").GetString(), 16), item.GetProperty("data")));
    }

    /// <summary>Front ends hear of changes in Sync as they happen: by webhook here, in place of a WebSocket.</summary>
    private async Task TellNewsAsync()
    {
        Sandbox.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SandboxApp.AccountSid}:{SandboxApp.AuthToken}")));
        var services = await Sandbox.GetFromJsonAsync<JsonElement>("sandbox/sync/v1/Services");
        _service = services.GetProperty("services").EnumerateArray().Single().GetProperty("sid").GetString()!;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["WebhookUrl"] = Balancer.NewsUrl, ["WebhooksFromRestEnabled"] = "true" });
        (await Sandbox.PostAsync($"sandbox/sync/v1/Services/{_service}", form)).EnsureSuccessStatusCode();
    }
}

/// <summary>A charge, or a token, that the gateway has made.</summary>
internal sealed record Charge(string Reference, ChargeOutcome? Outcome);

internal sealed record ChargeOutcome(bool IsCharge, string? Id);
