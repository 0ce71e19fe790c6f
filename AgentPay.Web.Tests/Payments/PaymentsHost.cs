using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Twilio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Payments;

/// <summary>One instance of AgentPay, payments only, on a port of its own, against a sandbox that several instances may share. Both run on the sandbox's manual clock.</summary>
public sealed class PaymentsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxApp _sandbox;

    private PaymentsHost(WebApplication app, SandboxApp sandbox) => (_app, _sandbox) = (app, sandbox);

    public PaymentDesk Desk => Service<PaymentDesk>();

    public PaymentFlow Flow => Service<PaymentFlow>();

    public LiveFeed<PaymentId, PaymentSession> Feed => Service<LiveFeed<PaymentId, PaymentSession>>();

    public MapStore Maps => Service<MapStore>();

    public static async Task<PaymentsHost> StartAsync(SandboxApp sandbox, Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:ApiBaseUrl"] = new Uri(sandbox.Url, "sandbox/twilio").AbsoluteUri,
            ["Twilio:SyncBaseUrl"] = new Uri(sandbox.Url, "sandbox/sync").AbsoluteUri,
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(sandbox.Clock);
        builder.Services.AddOptions<AgentPayOptions>();
        builder.Services.AddTwilio();
        builder.Services.AddSync();
        builder.Services.AddPayments();
        // Provisioning waits on the clock, and polls would come in between: both have tests of their own.
        foreach (var hosted in builder.Services.Where(s => s.ImplementationType == typeof(SyncProvisioning) || s.ImplementationType == typeof(SyncPoller)).ToList()) builder.Services.Remove(hosted);
        var app = builder.Build();
        app.MapPayments();
        await app.StartAsync();
        var host = new PaymentsHost(app, sandbox);
        await host.ProvisionAsync();
        return host;
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<PaymentSession> StartPaymentAsync(string callSid, decimal? amount = 42.50m, string agent = "maria") =>
        Done(await Desk.StartAsync(agent, new PaymentOrder(CallSid.Parse(callSid), Amount: amount), default));

    public static PaymentSession Done(DeskAnswer answer) => answer.ShouldBeOfType<DeskAnswer.Done>().Payment;

    /// <summary>Waits until the payment is as wished, following the feed as a screen does.</summary>
    public async Task<PaymentSession> UntilAsync(PaymentId payment, Func<PaymentSession, bool> wish)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        PaymentSession? last = null;
        try
        {
            await foreach (var session in Feed.WatchAsync(payment, patience.Token))
                if (wish(last = session)) return session;
        }
        catch (OperationCanceledException)
        {
            // Told below, with what was seen last.
        }
        throw new TimeoutException($"Never: last seen {last?.Phase}, {JsonSerializer.Serialize(last, SyncJson.Options)}");
    }

    /// <summary>Stops at once, as a process that is killed: nothing is finished.</summary>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ProvisionAsync()
    {
        var sync = Service<SyncClient>();
        var services = await sync.Services.ListAsync().ToListAsync();
        var service = services.FirstOrDefault(s => s.FriendlyName == "AgentPay")?.Sid ?? (await sync.Services.CreateAsync(new() { FriendlyName = "AgentPay" })).Sid;
        if (services.Count == 0) await sync.Maps.CreateAsync(service, new() { UniqueName = PaymentRecords.PayMap });
        Service<SyncSpace>().Ready(service);
    }
}
