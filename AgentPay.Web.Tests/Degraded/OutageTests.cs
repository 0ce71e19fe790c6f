using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>The kinds of outage.</summary>
public enum Outage
{
    /// <summary>Connections are refused, and those that were open have broken.</summary>
    Refused,

    /// <summary>5xx to everything; what was asked of Sync may have taken effect all the same.</summary>
    Errors,

    /// <summary>Nothing is answered.</summary>
    Silence,

    /// <summary>429 to everything.</summary>
    Throttled,
}

/// <summary>An instance whose connections to Sync and to Twilio's API fail separately, and an agent at its console.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public abstract class OutageTests : IAsyncLifetime
{
    protected const string Agent = "amara@agentpay.example";
    protected const string Delayed = "Updates delayed.";

    /// <summary>Callers who take their time: the clocks pass while requests are under way.</summary>
    private static readonly (string, string)[] Patient =
        [
            ("Payments:Profiles:0:Name", "Shop"),
            ("Payments:Profiles:0:Connector", "Default"),
            ("Payments:Profiles:0:Currency", "USD"),
            ("Payments:Profiles:0:Timeout", "00:02:00"),
        ];

    private Wire _sync = null!;
    private Wire _api = null!;
    private TwilioEdge _edge = null!;
    private readonly TaskCompletionSource _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AgentScreen? _screen;

    private protected DegradedWorld World { get; private set; } = null!;

    protected AgentPayApp App { get; private set; } = null!;

    private protected AgentScreen Screen => _screen!;

    public async Task InitializeAsync()
    {
        World = await DegradedWorld.StartAsync(isCalled: true);
        _edge = await TwilioEdge.StartAsync(World.Sandbox.Url.AbsoluteUri.TrimEnd('/'));
        (_sync, _api) = (new(World.Sandbox.Url), new(new(_edge.Url)));
    }

    public async Task DisposeAsync()
    {
        if (_screen is not null) await _screen.DisposeAsync();
        // A stop finishes what is under way, which may wait for the clock.
        await AllIsWellAsync();
        await World.PassUntilAsync(World.DisposeAsync().AsTask());
        await _sync.DisposeAsync();
        await _api.DisposeAsync();
        await _edge.DisposeAsync();
    }

    /// <summary>Starts the instance, and does not wait for it to be ready.</summary>
    protected AgentPayApp Begin(params (string Key, string Value)[] settings)
    {
        (string, string)[] addresses =
            [("Twilio:SyncBaseUrl", _sync.Url + "sandbox/sync"), ("Twilio:ApiBaseUrl", _api.Url + "sandbox/twilio")];
        return App = World.Begin([.. addresses, .. Patient, .. settings]);
    }

    protected async Task StartAsync(params (string Key, string Value)[] settings) =>
        await World.PassUntilAsync(Begin(settings).ReadyAsync());

    protected async Task SyncFailsAsync(Outage outage)
    {
        if (outage == Outage.Refused) _sync.Cut();
        else await World.Sandbox.Control.SetFaultsAsync(outage switch
        {
            Outage.Errors => new { syncError = 1 },
            Outage.Silence => new { syncDelayMs = 60_000 },
            _ => (object)new { syncThrottle = 1 },
        });
    }

    /// <summary>Nothing that is asked of Twilio takes effect; in a silence it does once that is over.</summary>
    protected void TwilioFails(Outage outage)
    {
        if (outage == Outage.Refused) _api.Cut();
        else if (outage == Outage.Errors) _edge.Fault = _ => Moment.Before;
        else _edge.Hold = _ => _silence.Task;
    }

    protected async Task AllIsWellAsync()
    {
        _sync.Mend();
        _api.Mend();
        (_edge.Fault, _edge.Hold) = (_ => null, _ => null);
        _silence.TrySetResult();
        await World.Sandbox.Control.SetFaultsAsync(new { });
    }

    /// <summary>The console, where an address of it is opened.</summary>
    protected void Open(string address) => _screen = new(App, address);

    /// <summary>A customer calls in, and the agent opens the call. Ends when the agent's phone has been answered.</summary>
    protected async Task<string> TakeCallAsync()
    {
        var call = await World.PassUntilAsync(World.Sandbox.Control.CallInAsync());
        Open($"pay?callSid={call}&amount=42.50");
        await SeesAsync("Start: 42.50 USD");
        await SeesNoMoreAsync("The call is not answered yet.");
        return call;
    }

    /// <summary>Has the agent start the payment on the call that is open.</summary>
    protected async Task<PaymentId> StartPaymentAsync()
    {
        await PressAsync("Start: 42.50 USD");
        await SeesAsync("Card number Waiting");
        return InFlight.Id;
    }

    /// <summary>The caller enters a card, field by field as each is asked for.</summary>
    protected async Task EnterCardAsync(string call, PaymentId payment, CaptureField from = CaptureField.PaymentCardNumber)
    {
        (CaptureField Field, string Keys)[] card =
        [
            (CaptureField.PaymentCardNumber, PaymentsLab.GoodCard),
            (CaptureField.ExpirationDate, "1230"),
            (CaptureField.SecurityCode, "123"),
        ];
        foreach (var (field, keys) in card.SkipWhile(f => f.Field != from))
        {
            await UntilAsync(payment, s => s.Current == field && s.Pending is null && s.Row(field)!.IsOpen);
            await TypeAsync(call, keys);
        }
        await SeesAsync("Take 42.50 USD");
    }

    protected Task TypeAsync(string call, string keys) => World.PassUntilAsync(World.Sandbox.Control.PressAsync(call, keys));

    /// <summary>Lets time pass until the page says all of these words.</summary>
    protected Task<TimeSpan> SeesAsync(params string[] words) => OnScreenAsync(Screen.SeesAsync(words), string.Join(" | ", words));

    protected Task<TimeSpan> SeesNoMoreAsync(string words) => OnScreenAsync(Screen.SeesNoMoreAsync(words), "no more " + words);

    protected Task PressAsync(string button) => OnScreenAsync(Screen.PressAsync(button), "a button " + button);

    protected async Task<int> ChargesAsync() => (await World.Sandbox.Control.StatsAsync("gateway")).GetProperty("charges").GetInt32();

    /// <summary>What remains of a payment in the day's history, once that says so.</summary>
    protected async Task<HistoryRecord> RecordedAsync(PaymentId payment, string result)
    {
        HistoryRecord? record = null;
        await World.PassUntilAsync(async () =>
        {
            var day = HistoryRecord.MapOf(DateOnly.FromDateTime(World.Sandbox.Clock.GetUtcNow().UtcDateTime));
            record = (await App.Services.GetRequiredService<MapStore>().FetchAsync<HistoryRecord>(day, payment.ToString(), default))?.Data;
            return record?.Result == result;
        });
        return record!;
    }

    private async Task<TimeSpan> OnScreenAsync(Task work, string expected)
    {
        try
        {
            return await World.PassUntilAsync(work);
        }
        catch (TimeoutException never)
        {
            throw new TimeoutException($"{never.Message}: {expected}\nThe page says: {Screen.Text}", never);
        }
    }

    /// <summary>Lets time pass until the payment meets the condition.</summary>
    protected Task<PaymentSession> UntilAsync(PaymentId payment, Func<PaymentSession, bool> condition) =>
        World.PassUntilAsync(DegradedWorld.UntilAsync(App, payment, condition));

    /// <summary>The one payment that the instance works on.</summary>
    protected PaymentSession InFlight => App.Services.GetRequiredService<PaymentStore>().InFlight.ShouldHaveSingleItem();

    /// <summary>Sync has taken all that there is of payments.</summary>
    protected bool IsNothingWaiting =>
        App.Services.GetRequiredService<Outbox>().Count(PaymentStore.OutboxKind) == 0
        && App.Services.GetRequiredService<PaymentRecords>().Count == 0;
}
