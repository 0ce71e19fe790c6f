using System.Net;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Twilio;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>An instance dies, and all its agents' pages open on the other one at once.</summary>
[Collection(TimePasses.Name)]
public sealed class StormTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Payments = 20;
    private const int Circuits = 100;
    private const int Sessions = 20;
    private const int Seconds = 10;
    private const string Agent = "amara@agentpay.example";

    /// <summary>Callers who take their time.</summary>
    private static readonly (string, string)[] Patient =
        [("Payments:Profiles:0:Name", "Shop"), ("Payments:Profiles:0:Connector", "Default"), ("Payments:Profiles:0:Currency", "USD"), ("Payments:Profiles:0:Timeout", "00:02:00")];

    private DegradedWorld _world = null!;

    public async Task InitializeAsync() => _world = await DegradedWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task AHundredCircuits_AtOnceOnTheInstanceThatIsLeft_ReadSyncByPaymentsAndNotByCircuits()
    {
        var dying = await _world.StartInstanceAsync(more: Patient);
        var left = await _world.StartInstanceAsync(more: Patient);
        var browsers = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => SignInAsync()));
        var payments = new List<(string Call, PaymentId Payment)>();
        for (var n = 0; n < Payments; n++) payments.Add(await StartAsync(dying));
        _world.Remove(dying);
        await dying.DisposeAsync();
        _world.Pass(TimeSpan.FromSeconds(10));
        var before = await SyncAsync();

        var pages = Task.WhenAll(Enumerable.Range(0, Circuits).Select(n => PageAsync(browsers[n % Sessions])));
        using var leaving = new CancellationTokenSource();
        var screens = await Task.WhenAll(Enumerable.Range(0, Circuits).Select(n => ScreenAsync(left, payments[n % Payments], leaving.Token)));
        (await pages).ShouldAllBe(status => status == HttpStatusCode.OK);
        var opened = await SyncAsync();
        for (var second = 0; second < Seconds; second++) await SecondAsync();
        var watched = await SyncAsync();

        output.WriteLine($"opening {Circuits} circuits: {opened.Reads - before.Reads} reads, {opened.Writes - before.Writes} writes; {Seconds} s of watching: {watched.Reads - opened.Reads} reads; refused {watched.Throttled}");
        // A circuit asks twice: which payment is on the call, and how it stands. The rest is shared.
        (opened.Reads - before.Reads).ShouldBeLessThanOrEqualTo((2 * Circuits) + (3 * Payments));
        (watched.Reads - opened.Reads).ShouldBeLessThanOrEqualTo((Payments + 1) * (Seconds + 1));
        watched.Throttled.ShouldBe(0);
        await leaving.CancelAsync();
        await Task.WhenAll(screens);
        foreach (var browser in browsers) browser.Dispose();
    }

    private async Task<(string Call, PaymentId Payment)> StartAsync(AgentPayApp app)
    {
        // Sync's limits are over some seconds.
        _world.Pass(TimeSpan.FromMilliseconds(500));
        return await _world.StartPaymentAsync(app, Agent);
    }

    private async Task<HttpBrowser> SignInAsync()
    {
        var browser = _world.Browser();
        (await browser.SignInAsync(People.Amara)).Dispose();
        return browser;
    }

    private static async Task<HttpStatusCode> PageAsync(HttpBrowser browser)
    {
        using var page = await browser.GoAsync("/");
        return page.StatusCode;
    }

    /// <summary>What a circuit does on a call: the list, the payment on the call, and then the payment until it is left, when the inner task ends.</summary>
    private static async Task<Task> ScreenAsync(AgentPayApp app, (string Call, PaymentId Payment) on, CancellationToken leaving)
    {
        var desk = app.Services.GetRequiredService<PaymentDesk>();
        var found = PaymentsHost.Done(await desk.LatestAsync(Agents.Agent(Agent), CallSid.Parse(on.Call), leaving));
        found.Id.ShouldBe(on.Payment);
        return Task.WhenAll(
            WatchAsync(app.Services.GetRequiredService<LiveFeed<string, CallList>>(), CallDirectory.ListKey, leaving),
            WatchAsync(app.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>(), on.Payment, leaving));
    }

    private static async Task WatchAsync<TKey, T>(LiveFeed<TKey, T> feed, TKey key, CancellationToken leaving)
        where TKey : notnull
        where T : class
    {
        try
        {
            await foreach (var _ in feed.WatchAsync(key, leaving));
        }
        catch (OperationCanceledException)
        {
            // Left.
        }
    }

    /// <summary>A second of all clocks, once what it brings has been asked for.</summary>
    private async Task SecondAsync()
    {
        var before = await SyncAsync();
        _world.Pass(TimeSpan.FromSeconds(1));
        for (var n = 0; n < 50 && (await SyncAsync()).Reads - before.Reads < Payments; n++) await Task.Yield();
    }

    private async Task<(int Reads, int Writes, int Throttled)> SyncAsync()
    {
        var sync = (await _world.StatsAsync()).GetProperty("sync");
        return (Count("reads"), Count("writes"), Count("throttled"));

        int Count(string name) => sync.GetProperty(name).GetInt32();
    }
}
