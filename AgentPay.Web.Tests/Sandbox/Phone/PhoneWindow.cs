using System.Net;
using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Phone;

/// <summary>An open page: the events that the server sends to it.</summary>
internal sealed class PhoneWindow : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private PhoneWindow(HttpResponseMessage answer, Stream stream) => (_answer, _reader) = (answer, new(stream));

    public HttpStatusCode Status => _answer.StatusCode;

    public string? ContentType => _answer.Content.Headers.ContentType?.MediaType;

    public static async Task<PhoneWindow> OpenAsync(SandboxApp sandbox, string number = SandboxControl.Customer)
    {
        var answer = await sandbox.Anonymous.GetAsync($"sandbox/phone/events?number={Uri.EscapeDataString(number)}",
            HttpCompletionOption.ResponseHeadersRead);
        return new(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next line that is not empty; null when the server has ended.</summary>
    public async Task<string?> NextLineAsync()
    {
        string? line;
        do line = await _reader.ReadLineAsync().WaitAsync(TestLimit.Time);
        while (line == "");
        return line;
    }

    public async Task<JsonElement> NextAsync() => JsonDocument.Parse((await NextLineAsync())!["data: ".Length..]).RootElement;

    /// <summary>The next state whose call fits.</summary>
    public async Task<JsonElement> CallAsync(Func<JsonElement, bool> fits)
    {
        while (true)
        {
            var call = (await NextAsync()).GetProperty("call");
            if (call.ValueKind == JsonValueKind.Object && fits(call)) return call;
        }
    }

    /// <summary>The next state in which both sides are as given.</summary>
    public Task<JsonElement> CallAsync(string customer, string agent) =>
        CallAsync(call => StatusOf(call, "customer") == customer && StatusOf(call, "agent") == agent);

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
    }

    private static string? StatusOf(JsonElement call, string side) =>
        call.GetProperty(side) is { ValueKind: JsonValueKind.Object } leg ? leg.GetProperty("status").GetString() : null;
}
