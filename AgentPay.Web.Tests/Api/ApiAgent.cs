using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Api;

/// <summary>The answer of a route.</summary>
public sealed record ApiReply(int Status, string Text)
{
    public static async Task<ApiReply> OfAsync(HttpResponseMessage answer) =>
        new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
}

/// <summary>The front end of an agent. It calls the API and reads Sync with the agent's Sync token.</summary>
public sealed class ApiAgent
{
    private readonly ApiBench _bench;

    private ApiAgent(ApiBench bench, string token) => (_bench, Token) = (bench, token);

    public string Token { get; }

    public static async Task<ApiAgent> SignInAsync(ApiBench bench, string person)
    {
        using var browser = new HttpBrowser(bench.App.Url);
        (await browser.SignInAsync(person)).Dispose();
        using var answer = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new(bench, await answer.Content.ReadAsStringAsync());
    }

    public Task<ApiReply> PostAsync(string route, object body) => SendAsync(HttpMethod.Post, route, JsonContent.Create(body));

    public Task<ApiReply> GetAsync(string target) => SendAsync(HttpMethod.Get, target, null);

    public async Task<ApiReply> SendAsync(HttpMethod method, string target, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, target) { Content = body };
        request.Headers.Authorization = new("Bearer", Token);
        using var answer = await _bench.App.Http.SendAsync(request);
        return await ApiReply.OfAsync(answer);
    }

    public Task<ApiReply> AskAsync(string call, string payment, string field) =>
        PostAsync("/updateCaptureType", new { callSid = call, paySid = payment, captureType = field });

    public Task<ApiReply> ChangeAsync(string call, string payment, string status) =>
        PostAsync("/changeSession", new { callSid = call, paySid = payment, Status = status });

    /// <summary>Starts a tokenisation like the npm client.</summary>
    public async Task<string> StartAsync(CustomerCall call, object? amount = null, string? leg = null)
    {
        var reply = await PostAsync("/startCapture", new
        {
            callSid = leg ?? call.Sid, ChargeAmount = amount ?? 0, TokenType = "reusable", Currency = "USD",
            PaymentConnector = "Default", SecurityCode = true, PostalCode = false,
        });
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Text;
    }

    /// <summary>Starts to capture a field, and enters it.</summary>
    public async Task CaptureAsync(CustomerCall call, string payment, string field, string digits)
    {
        (await AskAsync(call.Sid, payment, field)).ShouldBe(new(200, payment));
        await call.PressAsync(digits);
    }

    /// <summary>Captures all fields of a card.</summary>
    public async Task CaptureCardAsync(CustomerCall call, string payment, string number = "4111111111111111")
    {
        await CaptureAsync(call, payment, "payment-card-number", number);
        await CaptureAsync(call, payment, "security-code", "123");
        await CaptureAsync(call, payment, "expiration-date", "1230");
    }

    /// <summary>Reads the item of <c>payMap</c> like the Sync SDK; null if there is none.</summary>
    public async Task<JsonElement?> ItemAsync(string payment)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, $"sandbox/sync/v1/Services/{_bench.Service}/Maps/payMap/Items/{payment}");
        request.Headers.Add("X-Twilio-Token", Token);
        using var answer = await _bench.App.Http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").Clone();
    }

    /// <summary>Removes the item of <c>payMap</c>, as clients do after a cancellation.</summary>
    public async Task RemoveAsync(string payment)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Delete, $"sandbox/sync/v1/Services/{_bench.Service}/Maps/payMap/Items/{payment}");
        request.Headers.Add("X-Twilio-Token", Token);
        (await _bench.App.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}

internal static class ItemReading
{
    /// <summary>Returns a member as text; null if it is missing.</summary>
    public static string? Text(this JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) ? value.ToString() : null;

    public static string? Text(this JsonElement? item, string member) => item!.Value.Text(member);

    public static bool IsOf(this MapChange change, string payment) => change.Map == "payMap" && change.Key == payment;

    public static bool HasResult(this MapChange change, string payment) => change.IsOf(payment) && change.Data.Text("Result") is not null;
}
