using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>AgentPay's clock differs from Twilio's and Entra's.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class ClockSkewTests : IAsyncLifetime
{
    private DegradedWorld _world = null!;

    public async Task InitializeAsync() => _world = await DegradedWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task Payment_WithTheClockMinutesOff_GoesThroughAndNoCallbackIsStale(int minutes)
    {
        var app = await _world.StartInstanceAsync(TimeSpan.FromMinutes(minutes));
        using var callbacks = new Callbacks(app);

        var (call, payment) = await _world.StartPaymentAsync(app, "maria");
        var paid = await _world.FinishAsync(app, call, payment, "maria");

        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        (await _world.Sandbox.Control.StatsAsync("gateway")).GetProperty("charges").GetInt32().ShouldBe(1);
        callbacks.Results.ShouldContain("applied");
        callbacks.Results.ShouldNotContain("stale");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task SignIn_WithTheClockFiveMinutesOff_GivesATokenThatSyncTakes(int minutes)
    {
        var app = await _world.StartInstanceAsync(TimeSpan.FromMinutes(minutes));
        using var browser = _world.Browser();

        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = new HttpRequestMessage(HttpMethod.Get,
            $"sandbox/sync/v1/Services/{app.Services.GetRequiredService<SyncSpace>().Service}/Maps/payMap/Items");
        read.Headers.Add("X-Twilio-Token", await answer.Content.ReadAsStringAsync());
        (await _world.Sandbox.Anonymous.SendAsync(read)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(90)]
    public async Task SignIn_WithTheClockFurtherOff_SaysThatItIsTheClock(int minutes)
    {
        await _world.StartInstanceAsync(TimeSpan.FromMinutes(minutes));
        using var browser = _world.Browser();

        using var denied = await browser.SignInAsync(People.Amara);

        denied.Headers.Location!.OriginalString.ShouldStartWith("/denied?reason=wrong-clock&reference=");
        using var page = await browser.FollowAsync(denied);
        (await page.Content.ReadAsStringAsync()).ShouldContain("more than five minutes apart");
        browser.ShouldHaveNoSession();
    }

    /// <summary>What became of Twilio's callbacks at one instance.</summary>
    private sealed class Callbacks : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string?> _results = new();

        public Callbacks(AgentPayApp app)
        {
            var meters = app.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "agentpay.payments.callbacks")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _results.Enqueue(tags[0].Value?.ToString()));
            _listener.Start();
        }

        public IEnumerable<string?> Results => _results;

        public void Dispose() => _listener.Dispose();
    }
}
