using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Identity;

public sealed class IdentityMetricsTests : IDisposable
{
    private readonly AgentPayApp _app = IdentityApp.Start();
    private readonly ConcurrentQueue<string> _counted = new();
    private readonly MeterListener _listener = new();

    public IdentityMetricsTests()
    {
        var meters = _app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == IdentityMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _counted.Enqueue($"{instrument.Name} {tags[0].Value}"));
        _listener.Start();
    }

    [Fact]
    public async Task SignIns_AreCountedByResult()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara, fault: "expired")).Dispose();
        (await browser.SignInAsync(People.Amara)).Dispose();
        using var back = await browser.ChooseAsync("/signin", new() { ["cancel"] = "true" });
        (await browser.FollowAsync(back)).Dispose();

        _counted.Where(line => line.StartsWith("agentpay.identity.sign_ins", StringComparison.Ordinal)).ShouldBe(
            ["agentpay.identity.sign_ins wrong-clock", "agentpay.identity.sign_ins signed-in", "agentpay.identity.sign_ins cancelled"]);
        _counted.Count(line => line == "agentpay.identity.entra_requests ok").ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task AccessTokens_AreCountedByResult()
    {
        var forge = new EntraForge(_app);
        foreach (var token in (string[])[forge.Token(), forge.Token(claims => claims["aud"] = "another")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/test/who/{IdentitySchemes.EntraBearer}");
            request.Headers.Authorization = new("Bearer", token);
            (await _app.Http.SendAsync(request)).Dispose();
        }

        _counted.Where(line => line.StartsWith("agentpay.identity.access_tokens", StringComparison.Ordinal))
            .ShouldBe(["agentpay.identity.access_tokens accepted", "agentpay.identity.access_tokens wrong-audience"]);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _app.Dispose();
    }
}
