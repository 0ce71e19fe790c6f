using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Api;

/// <summary>A change of an item of a Sync map, as a front end receives it.</summary>
/// <param name="Happened"><c>added</c>, <c>updated</c> or <c>removed</c>.</param>
public sealed record MapChange(string Map, string Happened, string Key, JsonElement Data);

/// <summary>
/// AgentPay on its sandbox for a class of tests: agents with Sync tokens, customers with telephones, and the changes in Sync's maps in
/// their
/// order, pushed by Sync's webhooks instead of its WebSocket.
/// </summary>
public class ApiBench : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<ApiAgent>> _agents = new();
    private readonly ConcurrentBag<ChannelWriter<MapChange>> _readers = [];
    private WebhookListener _listener = null!;

    public AgentPayApp App { get; private set; } = null!;

    public string Service { get; private set; } = "";

    public Task<ApiAgent> AmaraAsync() => AgentAsync(People.Amara);

    public Task<ApiAgent> BenAsync() => AgentAsync(People.Ben);

    protected virtual Dictionary<string, string?> Settings => [];

    protected virtual void Configure(IServiceCollection services)
    {
    }

    public async Task InitializeAsync()
    {
        App = new(Settings, Configure, LogLevel.Trace);
        await App.ReadyAsync();
        Service = App.Services.GetRequiredService<SyncSpace>().Service.ToString();
        _listener = await WebhookListener.StartAsync();
        _listener.Script("/sync", (_, hook) => Tell(hook));
        using var hooks = new HttpRequestMessage(HttpMethod.Post, $"sandbox/sync/v1/Services/{Service}");
        hooks.Headers.Authorization =
            new("Basic", Convert.ToBase64String("AC00000000000000000000000000000000:sandbox-auth-token-0000000000000000"u8));
        hooks.Content = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["WebhookUrl"] = _listener.Url + "/sync", ["WebhooksFromRestEnabled"] = "true" });
        (await App.Http.SendAsync(hooks)).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        App.Dispose();
        await _listener.DisposeAsync();
    }

    /// <summary>The changes from now on.</summary>
    public MapChanges Follow()
    {
        var channel = Channel.CreateUnbounded<MapChange>();
        _readers.Add(channel.Writer);
        return new(channel.Reader);
    }

    /// <summary>A customer has called, talks to the agent, and AgentPay knows it.</summary>
    public async Task<CustomerCall> CallAsync()
    {
        // Sync's limits are over ten seconds.
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        var changes = Follow();
        var call = await ControlAsync("calls", new { from = "+61400000000", to = "+61280000000" });
        var sid = call.GetProperty("callSid").GetString()!;
        await changes.NextAsync(c => c.Map == "uuiMap" && c.Key == sid && c.Data.Text("status") == "in-progress");
        var legs = await App.Http.GetFromJsonAsync<JsonElement>($"sandbox/control/calls/{sid}");
        return new(this, sid, legs.GetProperty("children")[0].GetString()!);
    }

    public async Task<JsonElement> ControlAsync(string path, object body)
    {
        using var answer = await App.Http.PostAsJsonAsync($"sandbox/control/{path}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<int> GatewayAsync(string counter) =>
        (await App.Http.GetFromJsonAsync<JsonElement>("sandbox/control/stats")).GetProperty("gateway").GetProperty(counter).GetInt32();

    private Task<ApiAgent> AgentAsync(string person) => _agents.GetOrAdd(person, _ => ApiAgent.SignInAsync(this, person));

    private Task Tell(ReceivedWebhook hook)
    {
        if (hook["EventType"] is not { } type || !type.StartsWith("map_item_", StringComparison.Ordinal)) return Task.CompletedTask;
        var change = new MapChange(hook["MapUniqueName"]!, type["map_item_".Length..], hook["ItemKey"]!,
            JsonDocument.Parse(hook["ItemData"]!).RootElement);
        foreach (var reader in _readers) reader.TryWrite(change);
        return Task.CompletedTask;
    }
}

/// <summary>A customer on the line.</summary>
/// <param name="Sid">The customer's leg.</param>
/// <param name="AgentSid">The agent's.</param>
public sealed record CustomerCall(ApiBench Bench, string Sid, string AgentSid)
{
    /// <summary>Presses keys, and waits until AgentPay has answered the callbacks that come of them.</summary>
    public Task PressAsync(string digits) => Bench.ControlAsync($"calls/{Sid}/keys", new { digits });

    public Task HangUpAsync() => Bench.ControlAsync($"calls/{Sid}/hangup", new { });
}

/// <summary>Reads changes one by one.</summary>
public sealed class MapChanges(ChannelReader<MapChange> changes)
{
    /// <summary>The next that fits; those before it are passed over.</summary>
    public async Task<MapChange> NextAsync(Func<MapChange, bool> fits)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        var seen = new List<MapChange>();
        try
        {
            await foreach (var change in changes.ReadAllAsync(limit.Token))
            {
                if (fits(change)) return change;
                seen.Add(change);
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what was seen.
        }
        throw new TimeoutException($"No change fits; seen: {string.Join("; ", seen)}");
    }
}
