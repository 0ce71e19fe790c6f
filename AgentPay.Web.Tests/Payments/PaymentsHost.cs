using System.Text.Json;
using AgentPay.Web.Board;
using AgentPay.Web.Calls;
using AgentPay.Web.Events;
using AgentPay.Web.Handover;
using AgentPay.Web.Outages;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Payments;

/// <summary>
/// One instance of AgentPay with payments only, on its own port. Several instances may share a sandbox. All run on its manual clock.
/// </summary>
public sealed class PaymentsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FrontDoor? _door;
    private int _gone;

    private PaymentsHost(WebApplication app, TwilioEdge edge, FrontDoor? door) => (_app, Edge, _door) = (app, edge, door);

    /// <summary>Its way to Twilio.</summary>
    public TwilioEdge Edge { get; }

    /// <summary>True once it has been killed or stopped.</summary>
    public bool IsGone => _gone == 1;

    public string Url { get; private init; } = "";

    public PaymentDesk Desk => Service<PaymentDesk>();

    public PaymentFlow Flow => Service<PaymentFlow>();

    public PaymentRecords Records => Service<PaymentRecords>();

    public LiveFeed<PaymentId, PaymentSession> Feed => Service<LiveFeed<PaymentId, PaymentSession>>();

    public MapStore Maps => Service<MapStore>();

    public PaymentWatch Watch => _app.Services.GetServices<IHostedService>().OfType<PaymentWatch>().Single();

    public Outbox Outbox => Service<Outbox>();

    /// <summary>Callbacks that Sync does not hold yet, by payment.</summary>
    public int UnstoredCallbacks => Outbox.Count(PaymentStore.OutboxKind);

    /// <summary>One look of the watch, and one try of what waits in the outbox.</summary>
    public async Task<bool> LookAsync()
    {
        await Task.WhenAll(Watch.RunOnceAsync(default), RetryAsync());
        return true;
    }

    /// <summary>Tries what waits to be stored, and then the records that this requires.</summary>
    public async Task RetryAsync()
    {
        await Outbox.RetryAsync(PaymentStore.OutboxKind);
        await Outbox.RetryAsync(PaymentRecords.OutboxKind);
    }

    /// <summary>Ends when no request to Twilio is under way.</summary>
    public async Task<bool> IdleAsync()
    {
        await Flow.Idle;
        return true;
    }

    /// <param name="door">Where Twilio calls back to; null means to this instance alone.</param>
    /// <param name="polls">Whether watched payments are read from Sync as time passes.</param>
    public static async Task<PaymentsHost> StartAsync(
        SandboxApp sandbox, Dictionary<string, string?>? settings = null, FrontDoor? door = null, bool polls = false)
    {
        var edge = await TwilioEdge.StartAsync(sandbox.Url.AbsoluteUri.TrimEnd('/'));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AgentPay:PublicBaseUrl"] = door?.Url,
            ["Voice:OriginationUri"] = "pbx.example.org",
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:ApiBaseUrl"] = edge.Url + "/sandbox/twilio",
            ["Twilio:SyncBaseUrl"] = edge.Url + "/sandbox/sync",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(sandbox.Clock);
        builder.Services.AddOptions<AgentPayOptions>().BindConfiguration(AgentPayOptions.Section);
        builder.Services.AddTwilio();
        builder.Services.AddSync();
        builder.Services.AddCalls();
        builder.Services.AddEvents();
        builder.Services.AddPayments();
        builder.Services.AddHandover();
        builder.Services.AddBoard();
        builder.Services.AddOutages();
        // Provisioning waits on the clock, and polls would come in between where they are not what a test is about.
        Type[] left = polls ? [typeof(SyncProvisioning)]
            : [typeof(SyncProvisioning), typeof(PaymentPoller), typeof(BoardPoller), typeof(BoardDayPoller)];
        foreach (var hosted in builder.Services.Where(s => left.Contains(s.ImplementationType)).ToList()) builder.Services.Remove(hosted);
        var app = builder.Build();
        app.MapPayments();
        await app.StartAsync();
        var host = new PaymentsHost(app, edge, door) { Url = app.Urls.Single() };
        await host.ProvisionAsync();
        edge.OnCut = () => door?.Remove(host.Url);
        door?.Add(host.Url);
        return host;
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<PaymentSession> StartPaymentAsync(string callSid, decimal? amount = 42.50m, string agent = "maria") =>
        Done(await Desk.StartAsync(agent, new PaymentOrder(CallSid.Parse(callSid), Amount: amount), default));

    public static PaymentSession Done(DeskAnswer answer) => answer.ShouldBeOfType<DeskAnswer.Done>().Payment;

    /// <summary>
    /// Follows the feed, as a screen does, until the payment meets the condition. A request that a busy machine has lost is repeated only
    /// when time passes, so after half a minute the clock is advanced.
    /// </summary>
    public async Task<PaymentSession> UntilAsync(PaymentId payment, Func<PaymentSession, bool> condition)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        var found = FindAsync(payment, condition, limit.Token);
        await ((Task)found).WaitAsync(TestLimit.Time / 4).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!found.IsCompleted)
        {
            await IdleProcess.WaitAsync(found);
            if (!found.IsCompleted) ((ManualClock)Service<TimeProvider>()).Advance(TimeSpan.FromSeconds(1));
        }
        return await found
            ?? throw new TimeoutException($"Never: last seen {JsonSerializer.Serialize(Feed.Latest(payment), SyncJson.Options)}");
    }

    /// <summary>Waits until the payment meets the condition; null when the process becomes idle first.</summary>
    public async Task<PaymentSession?> BeforeIdleAsync(PaymentId payment, Func<PaymentSession, bool> condition)
    {
        using var idle = new CancellationTokenSource();
        var found = FindAsync(payment, condition, idle.Token);
        await IdleProcess.WaitAsync(found);
        await idle.CancelAsync();
        return await found;
    }

    /// <summary>Ends as a process that is asked to stop: what it has begun is finished.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await DisposeAsync();
    }

    /// <summary>Ends at once, as a process that is killed: nothing is finished, and nothing that it still does has an effect.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _gone, 1) == 1) return;
        Edge.Cut();
        await _app.DisposeAsync();
        await Edge.DisposeAsync();
    }

    private async Task<PaymentSession?> FindAsync(PaymentId payment, Func<PaymentSession, bool> condition, CancellationToken cancellation)
    {
        try
        {
            await foreach (var session in Feed.WatchAsync(payment, cancellation))
                if (condition(session)) return session;
        }
        catch (OperationCanceledException)
        {
            // The result says that the payment was not found.
        }
        return null;
    }

    private async Task ProvisionAsync()
    {
        var sync = Service<SyncClient>();
        var services = await sync.Services.ListAsync().ToListAsync();
        var service = services.FirstOrDefault(s => s.FriendlyName == "AgentPay")?.Sid ?? (await sync.Services.CreateAsync("AgentPay")).Sid;
        if (services.Count == 0) await sync.Maps.CreateAsync(service, PaymentRecords.PayMap);
        Service<SyncSpace>().Ready(service);
    }
}
