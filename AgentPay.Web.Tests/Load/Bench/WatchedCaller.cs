using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>A caller on the sandbox's telephone who enters a card, and a screen that shows the payment.</summary>
internal sealed class WatchedCaller : IAsyncDisposable
{
    private static readonly (CaptureField Field, string Keys)[] Fields =
    [
        (CaptureField.PaymentCardNumber, PaymentsLab.GoodCard), (CaptureField.ExpirationDate, "1230"), (CaptureField.SecurityCode, "123"),
    ];

    private readonly LoadWorld _world;
    private readonly string _call;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<CaptureField, TaskCompletionSource> _asked = Fields.ToDictionary(
        field => field.Field, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private readonly List<long> _pressedAt = [];
    private readonly List<long> _shownAt = [];
    private readonly Task _watching;

    private WatchedCaller(LoadWorld world, string call, PaymentId payment)
    {
        (_world, _call) = (world, call);
        _watching = WatchAsync(payment);
    }

    public static int Keys { get; } = Fields.Sum(field => field.Keys.Length);

    /// <summary>Milliseconds from each key until the screen showed it. Keys that were not shown are missing.</summary>
    public IEnumerable<double> Latencies =>
        _shownAt.Zip(_pressedAt, (shown, pressed) => Stopwatch.GetElapsedTime(pressed, shown).TotalMilliseconds);

    /// <summary>Calls in, and starts a payment.</summary>
    public static async Task<WatchedCaller> StartAsync(LoadWorld world)
    {
        var call = await world.Control.CallInAsync();
        var query = $"agent=agent@example.com&call={call}&amount=120&reference={call}";
        using var answer = await world.Http.PostAsync($"{world.Instances[0].Url}/load/start?{query}", null);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return new(world, call, (await answer.Content.ReadFromJsonAsync<PaymentSession>(SyncJson.Options))!.Id);
    }

    /// <summary>Enters all fields, each as soon as it is asked for.</summary>
    public async Task TypeAsync(TimeSpan interval)
    {
        foreach (var (field, keys) in Fields)
        {
            await _asked[field].Task.WaitAsync(TimeSpan.FromMinutes(1));
            foreach (var key in keys)
            {
                var next = Task.Delay(interval);
                _pressedAt.Add(Stopwatch.GetTimestamp());
                await _world.Control.PressAsync(_call, key.ToString());
                await next;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _world.Control.HangUpAsync(_call);
        _leaving.Dispose();
    }

    private async Task WatchAsync(PaymentId payment)
    {
        var url = $"{_world.Instances[0].Url}/load/watch?payment={payment}";
        using var answer = await _world.Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, _leaving.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_leaving.Token));
        while (await lines.ReadLineAsync(_leaving.Token) is { } line)
        {
            var session = JsonSerializer.Deserialize<PaymentSession>(line, SyncJson.Options)!;
            for (var shown = Shown(session); _shownAt.Count < shown;) _shownAt.Add(Stopwatch.GetTimestamp());
            if (session is { Pending: null, Current: { } field } && session.Row(field) is { IsOpen: true }) _asked[field].TrySetResult();
        }
    }

    // Digits on the screen, of all fields.
    private static int Shown(PaymentSession session) => Fields.Sum(field => session.Row(field.Field) switch
    {
        { Progress: FieldProgress.Captured } => field.Keys.Length,
        { Progress: FieldProgress.Entering, Shown: { } shown } => shown.Count(character => character != '/'),
        _ => 0,
    });
}
