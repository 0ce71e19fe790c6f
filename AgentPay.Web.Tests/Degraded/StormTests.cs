using System.Net;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>An instance is killed, and all its pages open on the other one at once.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class StormTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Payments = 20;
    private const int Circuits = 100;
    private const int Sessions = 20;
    private const int Seconds = 10;
    private const string Agent = "amara@agentpay.example";

    /// <summary>The longest that a screen leaves Sync alone after a failure, and then some.</summary>
    private const int SecondsToRecover = 40;

    /// <summary>Callers who take their time.</summary>
    private static readonly (string, string)[] Patient =
    [
        ("Payments:Profiles:0:Name", "Shop"), ("Payments:Profiles:0:Connector", "Default"), ("Payments:Profiles:0:Currency", "USD"),
        ("Payments:Profiles:0:Timeout", "00:05:00"),
    ];

    private readonly List<(string Call, PaymentId Payment)> _payments = [];
    private DegradedWorld _world = null!;
    private AgentPayApp _dying = null!;
    private AgentPayApp _left = null!;

    public async Task InitializeAsync()
    {
        _world = await DegradedWorld.StartAsync(isCalled: true);
        (_dying, _left) = (await _world.StartInstanceAsync(more: Patient), await _world.StartInstanceAsync(more: Patient));
        for (var n = 0; n < Payments; n++)
        {
            // Sync's limits are over some seconds.
            _world.Pass(TimeSpan.FromMilliseconds(500));
            _payments.Add(await _world.StartPaymentAsync(_dying, Agent));
        }
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task AHundredCircuits_AtOnceOnTheInstanceThatIsLeft_ReadSyncByPaymentsAndNotByCircuits()
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => SignInAsync()));
        await DieAsync();
        var before = await SyncAsync();

        var pages = Task.WhenAll(Enumerable.Range(0, Circuits).Select(n => PageAsync(browsers[n % Sessions])));
        var screens = await OpenAsync();
        (await pages).ShouldAllBe(status => status == HttpStatusCode.OK);
        var opened = await SyncAsync();
        for (var second = 0; second < Seconds; second++) await SecondAsync();
        var watched = await SyncAsync();

        output.WriteLine($"opening {Circuits} circuits: {opened.Reads - before.Reads} reads, {opened.Writes - before.Writes} writes; {Seconds} s of watching: {watched.Reads - opened.Reads} reads; refused {watched.Throttled}");
        // A circuit asks twice: which payment is on the call, and how it stands. The rest is shared.
        (opened.Reads - before.Reads).ShouldBeLessThanOrEqualTo((2 * Circuits) + (3 * Payments));
        (watched.Reads - opened.Reads).ShouldBeLessThanOrEqualTo((Payments + 1) * (Seconds + 1));
        watched.Throttled.ShouldBe(0);
        await FinishAsync(screens);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task AHundredCircuits_WhileSyncFailsAndRefuses_AllComeToShowTheirPayments()
    {
        await DieAsync();
        await _world.Sandbox.Control.SetFaultsAsync(new { syncError = 0.3, syncThrottle = 0.3 });
        var opening = OpenAsync();
        for (var second = 0; second < 2 * Seconds; second++) await SecondAsync();

        await _world.Sandbox.Control.SetFaultsAsync(new { });

        var shown = Task.WhenAll((await PassUntilAsync(opening)).Select(screen => screen.First));
        (await PassUntilAsync(shown)).ShouldAllBe(payment => payment.Phase == PaymentPhase.Capturing);
        await FinishAsync(await opening);
    }

    /// <summary>Each caller enters a card, each agent takes the payment; and all leave.</summary>
    private async Task FinishAsync(Screen[] screens)
    {
        // What Sync has refused waits for the clock.
        var paid = await PassUntilAsync(Task.WhenAll(_payments.Select(p => _world.FinishAsync(_left, p.Call, p.Payment, Agent))));

        paid.ShouldAllBe(payment => payment.Phase == PaymentPhase.Succeeded);
        paid.Select(payment => payment.Outcome!.Confirmation).ShouldBeUnique();
        (await _world.Sandbox.Control.StatsAsync("gateway")).GetProperty("charges").GetInt32().ShouldBe(Payments);
        var shown = await Task.WhenAll(screens.Select(screen => screen.Over)).WaitAsync(TestLimit.Time);
        shown.ShouldAllBe(payment => payment.Phase == PaymentPhase.Succeeded);
        foreach (var screen in screens) await screen.DisposeAsync();
        _left.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>().Readers.ShouldBe(0);
        _left.Services.GetRequiredService<LiveFeed<string, CallList>>().Readers.ShouldBe(0);
    }

    private async Task DieAsync()
    {
        _world.Remove(_dying);
        await _dying.DisposeAsync();
        _world.Pass(TimeSpan.FromSeconds(10));
    }

    private Task<Screen[]> OpenAsync() =>
        Task.WhenAll(Enumerable.Range(0, Circuits).Select(n => Screen.OpenAsync(_left, Agent, _payments[n % Payments].Call)));

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

    /// <summary>Lets seconds pass until it is done, as many as Sync may be left alone for.</summary>
    private async Task<T> PassUntilAsync<T>(Task<T> done)
    {
        for (var second = 0; second < SecondsToRecover && !done.IsCompleted; second++) await SecondAsync();
        return await done.WaitAsync(TestLimit.Time);
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
