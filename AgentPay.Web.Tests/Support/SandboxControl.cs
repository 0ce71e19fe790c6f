using System.Net.Http.Json;
using System.Text.Json;

namespace AgentPay.Web.Tests.Support;

/// <summary>The sandbox's control API: calls, answers, keys, and statistics.</summary>
public sealed class SandboxControl(HttpClient http)
{
    public const string Customer = "+61400000000";
    public const string Business = "+61280000000";

    /// <summary>A customer calls in; the SID of the caller's leg.</summary>
    public async Task<string> CallInAsync(bool answer = true, string from = Customer, string to = Business)
    {
        var call = await PostAsync("calls", new { from, to, answer });
        return call.GetProperty("callSid").GetString()!;
    }

    /// <summary>The PBX calls out; the answer of the API, with <c>callSid</c> and <c>childSid</c>.</summary>
    public Task<JsonElement> CallOutAsync(object call) => PostAsync("outbound", call);

    /// <summary>Whatever the answer is.</summary>
    /// <param name="act"><c>answer</c> or <c>hangup</c>.</param>
    public Task<HttpResponseMessage> ActAsync(string sid, string act) => http.PostAsync($"sandbox/control/calls/{sid}/{act}", null);

    public Task<JsonElement> HangUpAsync(string sid) => ReadAsync(ActAsync(sid, "hangup"));

    /// <summary>The SIP telephone of this leg transfers the call.</summary>
    public Task<JsonElement> ReferAsync(string sid, string to, bool answer = true) => PostAsync($"calls/{sid}/refer", new { to, answer });

    /// <summary>Presses keys, and waits for the callbacks that they cause.</summary>
    public Task PressAsync(string sid, string digits, int gapMs = 0) => PostAsync($"calls/{sid}/keys", new { digits, gapMs });

    public Task<JsonElement> ShowAsync(string sid) => http.GetFromJsonAsync<JsonElement>($"sandbox/control/calls/{sid}");

    public async Task<string> StatusAsync(string sid) => (await ShowAsync(sid)).GetProperty("status").GetString()!;

    public async Task<string[]> ChildrenAsync(string sid) => Texts(await ShowAsync(sid), "children");

    public async Task<string[]> SaidAsync(string sid) => Texts(await ShowAsync(sid), "said");

    /// <summary>One part of the counters: <c>sync</c>, <c>api</c>, <c>callbacks</c> or <c>gateway</c>.</summary>
    public async Task<JsonElement> StatsAsync(string part) =>
        (await http.GetFromJsonAsync<JsonElement>("sandbox/control/stats")).GetProperty(part);

    /// <param name="faults">What goes wrong from now on; an empty object for nothing.</param>
    public async Task SetFaultsAsync(object faults) =>
        (await http.PutAsJsonAsync("sandbox/control/faults", faults)).EnsureSuccessStatusCode();

    public async Task ResetAsync() => (await http.PostAsync("sandbox/control/reset", null)).EnsureSuccessStatusCode();

    private Task<JsonElement> PostAsync(string path, object body) => ReadAsync(http.PostAsJsonAsync("sandbox/control/" + path, body));

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string[] Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
