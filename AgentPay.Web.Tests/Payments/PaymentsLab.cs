using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>A sandbox with callers, a load balancer for its callbacks, and the instances of AgentPay behind it.</summary>
public sealed class PaymentsLab(Dictionary<string, string?>? sandbox = null) : IAsyncLifetime
{
    public const string GoodCard = "4111111111111111";
    public const string DeclinedCard = "4000000000000002";

    private readonly List<PaymentsHost> _hosts = [];

    public SandboxApp Sandbox { get; } = new(sandbox);

    public FrontDoor Door { get; private set; } = null!;

    public ManualClock Clock => Sandbox.Clock;

    public async Task InitializeAsync() => Door = await FrontDoor.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await Door.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    public async Task<PaymentsHost> StartInstanceAsync(Dictionary<string, string?>? settings = null)
    {
        var host = await PaymentsHost.StartAsync(Sandbox, settings, Door);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A customer calls in; returns the call SID of their leg.</summary>
    public async Task<string> CallAsync()
    {
        var answer = await Sandbox.Anonymous.PostAsJsonAsync("sandbox/control/calls", new { from = "+61400000000", to = "+61280000000" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("callSid").GetString()!;
    }

    /// <summary>Ends when Twilio has told of all keys, which may take time where AgentPay cannot store what it hears.</summary>
    public async Task PressAsync(string call, string digits) =>
        (await PumpAsync(Sandbox.Anonymous.PostAsJsonAsync($"sandbox/control/calls/{call}/keys", new { digits })))
            .EnsureSuccessStatusCode();

    public async Task HangUpAsync(string call) =>
        (await PumpAsync(Sandbox.Anonymous.PostAsync($"sandbox/control/calls/{call}/hangup", null))).EnsureSuccessStatusCode();

    public async Task FaultsAsync(object faults) =>
        (await Sandbox.Anonymous.PutAsJsonAsync("sandbox/control/faults", faults)).EnsureSuccessStatusCode();

    /// <summary>Enters a field as soon as the caller is asked for it.</summary>
    public async Task EnterAsync(PaymentsHost host, string call, PaymentId payment, CaptureField field, string keys)
    {
        await host.UntilAsync(payment, s => s.Current == field && s.Pending is null && s.Row(field)!.IsOpen);
        await PressAsync(call, keys);
    }

    /// <summary>Enters everything that a card payment asks for.</summary>
    public async Task EnterCardAsync(PaymentsHost host, string call, PaymentId payment, string number = GoodCard)
    {
        await EnterAsync(host, call, payment, CaptureField.PaymentCardNumber, number);
        await EnterAsync(host, call, payment, CaptureField.ExpirationDate, "1230");
        await EnterAsync(host, call, payment, CaptureField.SecurityCode, "123");
        await host.UntilAsync(payment, s => s.Phase == PaymentPhase.Ready);
    }

    /// <summary>Waits for something that may itself wait for the clock: lets a second pass whenever the process is idle.</summary>
    public async Task PumpAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await IdleProcess.WaitAsync(work);
            if (!work.IsCompleted) Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await work;
    }

    /// <inheritdoc cref="PumpAsync(Task)"/>
    public async Task<T> PumpAsync<T>(Task<T> work)
    {
        await PumpAsync((Task)work);
        return await work;
    }

    public Task<JsonElement> StatsAsync() => Sandbox.Anonymous.GetFromJsonAsync<JsonElement>("sandbox/control/stats");

    public async Task<int> GatewayAsync(string counter) => (await StatsAsync()).GetProperty("gateway").GetProperty(counter).GetInt32();

    /// <summary>The record of a payment; null when there is none.</summary>
    public async Task<HistoryRecord?> HistoryAsync(PaymentsHost host, PaymentSession payment)
    {
        await RecordedAsync(payment.Id);
        return (await host.Maps.FetchAsync<HistoryRecord>(HistoryRecord.MapOf(payment), payment.Id.ToString(), default))?.Data;
    }

    /// <summary>The item of a payment in <c>payMap</c>, as the JSON that it is; null when there is none.</summary>
    public async Task<JsonElement?> PayMapAsync(PaymentsHost host, PaymentSession payment)
    {
        await RecordedAsync(payment.Id);
        return (await host.Maps.FetchAsync<object>(PaymentRecords.PayMap, payment.Payment.ToString()!, default))?.Data as JsonElement?;
    }

    /// <summary>Ends when every instance that lives has written the records of a payment, or has failed to.</summary>
    private async Task RecordedAsync(PaymentId payment)
    {
        foreach (var host in _hosts.Where(h => !h.IsGone))
        {
            // A callback that is shown is queued, and its records are once it is stored.
            await host.Outbox.WhenTriedAsync(PaymentStore.KeyOf(payment));
            await host.Outbox.RetryAsync(PaymentRecords.OutboxKind);
        }
    }
}
