using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>
/// A sandbox server as Twilio and Entra, and instances of AgentPay in Live mode with one public address. Each server has its own clock.
/// </summary>
internal sealed partial class DegradedWorld : IAsyncDisposable
{
    private readonly List<AgentPayApp> _apps = [];
    private readonly FrontDoor _door;

    private DegradedWorld(FrontDoor door, SandboxApp sandbox) => (_door, Sandbox) = (door, sandbox);

    public SandboxApp Sandbox { get; }

    /// <summary>The public address.</summary>
    public Uri Url => new(_door.Url);

    /// <param name="isCalled">Whether the customers' calls come to the instances; otherwise Twilio answers them by itself.</param>
    public static async Task<DegradedWorld> StartAsync(bool isCalled = false)
    {
        var door = await FrontDoor.StartAsync();
        return new(door, new(isCalled ? new() { ["Sandbox:InboundUrl"] = door.Url + "/inboundHandler" } : null));
    }

    /// <param name="ahead">How far the clock of the instance is ahead of Twilio's.</param>
    public async Task<AgentPayApp> StartInstanceAsync(TimeSpan ahead = default, params (string Key, string Value)[] more)
    {
        var app = LiveApp.Start(Sandbox, [("AgentPay:PublicBaseUrl", _door.Url), .. more]);
        app.Clock.Set(ahead);
        _apps.Add(app);
        await app.ReadyAsync();
        _door.Add(app.Url.AbsoluteUri.TrimEnd('/'));
        return app;
    }

    /// <summary>From now on nothing reaches the instance.</summary>
    public void Remove(AgentPayApp app) => _door.Remove(app.Url.AbsoluteUri.TrimEnd('/'));

    /// <summary>On all clocks.</summary>
    public void Pass(TimeSpan time)
    {
        Sandbox.Clock.Advance(time);
        foreach (var app in _apps) app.Clock.Advance(time);
    }

    public HttpBrowser Browser() => new(Url);

    /// <summary>A payment on a call that has just come in.</summary>
    public async Task<(string Call, PaymentId Payment)> StartPaymentAsync(AgentPayApp app, string agent)
    {
        var call = await Sandbox.Control.CallInAsync();
        // A call whose TwiML could not be had is over by now; its report says why.
        var report = await Sandbox.Control.ShowAsync(call);
        report.GetProperty("status").GetString().ShouldBe("in-progress", report.ToString());
        var answer = await app.Services.GetRequiredService<PaymentDesk>().StartAsync(agent, new(CallSid.Parse(call), Amount: 42.50m), default);
        return (call, PaymentsHost.Done(answer).Id);
    }

    /// <summary>The caller enters a card, and the agent takes the payment.</summary>
    public async Task<PaymentSession> FinishAsync(AgentPayApp app, string call, PaymentId payment, string agent)
    {
        foreach (var (field, keys) in new[] { (CaptureField.PaymentCardNumber, PaymentsLab.GoodCard), (CaptureField.ExpirationDate, "1230"), (CaptureField.SecurityCode, "123") })
        {
            await UntilAsync(app, payment, s => s.Current == field && s.Pending is null && s.Row(field)!.IsOpen);
            await Sandbox.Control.PressAsync(call, keys);
        }
        await UntilAsync(app, payment, s => s.Phase == PaymentPhase.Ready);
        PaymentsHost.Done(await app.Services.GetRequiredService<PaymentDesk>().SubmitAsync(agent, payment, default));
        return await UntilAsync(app, payment, s => s.IsOver);
    }

    /// <summary>Waits as a screen does.</summary>
    public static async Task<PaymentSession> UntilAsync(AgentPayApp app, PaymentId payment, Func<PaymentSession, bool> condition)
    {
        var feed = app.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>();
        using var limit = new CancellationTokenSource(TestLimit.Time);
        try
        {
            return await feed.WatchAsync(payment, limit.Token).FirstAsync(condition, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Never: last seen {JsonSerializer.Serialize(feed.Latest(payment), SyncJson.Options)}");
        }
    }

    public Task<JsonElement> StatsAsync() => Sandbox.Anonymous.GetFromJsonAsync<JsonElement>("sandbox/control/stats");

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps) await app.DisposeAsync();
        await _door.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
