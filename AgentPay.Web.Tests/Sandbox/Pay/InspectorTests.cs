using System.Text.Json;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>A payment's callbacks in the request inspector of its call.</summary>
public sealed class InspectorTests(PayBench bench) : IClassFixture<PayBench>
{
    [Fact]
    public async Task Requests_OfTheCall_ShowThePaymentsCallbacksWithTheirAnswers()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.EnterAsync("expiration-date", "1230");

        var shown = (await RequestsAsync(call)).Select(r => $"{r.GetProperty("method")} {r.GetProperty("url")} {r.GetProperty("status")}");

        shown.ShouldBe(Enumerable.Repeat($"POST {call.CallbackUrl} 200", 6));
        (await RequestsAsync(call)).Select(Parameters)
            .ShouldBe(call.Received.Select(r => string.Join('&', r.Form.Select(p => $"{p.Key}={p.Value}"))));
    }

    [Fact]
    public async Task Alerts_OfTheCall_TellOfACallbackThatFailed()
    {
        var call = await bench.ACallAsync();
        bench.Listener.Answer(call.CallbackPath, 500);
        await call.StartAsync();
        await call.UpdateOkAsync("Capture=payment-card-number");
        await call.PressAsync("4");

        (await RequestsAsync(call)).ShouldAllBe(r => r.GetProperty("errorCode").GetInt32() == 11200);
        (await bench.Sandbox.Control.ShowAsync(call.CallSid)).GetProperty("alerts")[0].GetProperty("code").GetInt32().ShouldBe(15003);
    }

    private async Task<List<JsonElement>> RequestsAsync(PayCall call) =>
        [.. (await bench.Sandbox.Control.ShowAsync(call.CallSid)).GetProperty("requests").EnumerateArray()
            .Where(r => r.GetProperty("url").GetString() == call.CallbackUrl)];

    private static string Parameters(JsonElement request) =>
        string.Join('&', request.GetProperty("parameters").EnumerateObject().Select(p => $"{p.Name}={p.Value}"));
}
