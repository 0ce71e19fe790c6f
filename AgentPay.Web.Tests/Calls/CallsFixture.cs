using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>A sandbox for a class of tests. Each test has a Sync service of its own, and starts its instances of AgentPay.</summary>
public sealed class CallsFixture : IDisposable
{
    public SandboxApp Sandbox { get; } = new();

    public async Task<(CallsApp App, UuiMap Map)> StartAsync(params (string Key, string? Value)[] settings)
    {
        var service = await NewServiceAsync();
        return (await CallsApp.StartAsync(Sandbox, service, settings), new(Sandbox, service));
    }

    public async Task<string> NewServiceAsync()
    {
        using var answer = await Sandbox.Http.PostAsync("sandbox/sync/v1/Services",
            new FormUrlEncodedContent([new("FriendlyName", "Calls")]));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sid").GetString()!;
    }

    /// <summary>From now on every request to Sync fails, or none does.</summary>
    public async Task SetSyncDownAsync(bool isDown)
    {
        using var answer = await Sandbox.Anonymous.PutAsJsonAsync("sandbox/control/faults", new { syncError = isDown ? 1 : 0 });
        answer.EnsureSuccessStatusCode();
    }

    public static CallSid NewCall() => CallSid.Parse("CA" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Sandbox.Dispose();
}

/// <summary>The items of <c>uuiMap</c> in one service, as Sync's API shows them.</summary>
public sealed class UuiMap(SandboxApp sandbox, string service)
{
    public string Service => service;

    /// <summary>Null when there is no such item.</summary>
    public async Task<UuiItem?> FindAsync(string key)
    {
        using var answer = await sandbox.Http.GetAsync($"{Items}/{Uri.EscapeDataString(key)}");
        return answer.IsSuccessStatusCode ? UuiItem.Read(await answer.Content.ReadFromJsonAsync<JsonElement>()) : null;
    }

    public async Task<UuiItem> GetAsync(string key) =>
        await FindAsync(key) ?? throw new InvalidOperationException($"There is no item {key}");

    public async Task PutAsync(string key, string data)
    {
        using var answer = await sandbox.Http.PostAsync(Items, new FormUrlEncodedContent([new("Key", key), new("Data", data)]));
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteMapAsync()
    {
        using var answer = await sandbox.Http.DeleteAsync($"sandbox/sync/v1/Services/{service}/Maps/uuiMap");
        answer.EnsureSuccessStatusCode();
    }

    private string Items => $"sandbox/sync/v1/Services/{service}/Maps/uuiMap/Items";
}

/// <param name="Ttl">Seconds that the item had to live when it was written; null for ever.</param>
public sealed record UuiItem(JsonElement Data, string Revision, double? Ttl)
{
    public string? this[string member] => Data.TryGetProperty(member, out var value) ? value.ToString() : null;

    public static UuiItem Read(JsonElement item) => new(
        item.GetProperty("data"),
        item.GetProperty("revision").GetString()!,
        item.GetProperty("date_expires").ValueKind == JsonValueKind.Null ? null
            : (Time(item, "date_expires") - Time(item, "date_updated")).TotalSeconds);

    private static DateTimeOffset Time(JsonElement item, string name) =>
        DateTimeOffset.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
