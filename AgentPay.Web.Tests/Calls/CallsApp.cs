using System.Xml.Linq;
using AgentPay.Web.Calls;
using AgentPay.Web.Events;
using AgentPay.Web.Handover;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Calls;

/// <summary>An answer to a webhook.</summary>
public sealed record WebhookAnswer(int Status, string Body, string? MediaType)
{
    public XElement Twiml => XDocument.Parse(Body).Root!;
}

/// <summary>One instance of AgentPay with calls only, on a real server, with a sandbox as Twilio. Tests move the clock.</summary>
public sealed class CallsApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private CallsApp(WebApplication app) => _app = app;

    public SteppedClock Clock => (SteppedClock)Get<TimeProvider>();

    public CallDirectory Directory => Get<CallDirectory>();

    public CallNews News => Get<CallNews>();

    public KeptLog Log { get; private init; } = new();

    /// <summary>As Twilio knows it: the base of the callback URLs, without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    /// <param name="service">The Sync service; null for one that is never reached.</param>
    public static async Task<CallsApp> StartAsync(SandboxApp sandbox, string? service, params (string Key, string? Value)[] settings)
    {
        var log = new KeptLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.Configuration.AddInMemoryCollection(Settings(sandbox, service))
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        AddServices(builder.Services, isReachable: service is not null);
        var app = builder.Build();
        app.MapCalls();
        await app.StartAsync();
        var calls = new CallsApp(app) { Log = log };
        calls.Url = app.Urls.Single();
        if (service is not null) await calls.Get<SyncSpace>().WhenReadyAsync(CancellationToken.None).WaitAsync(TestLimit.Time);
        return calls;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Task StopAsync() => _app.StopAsync();

    /// <summary>What Twilio signs over from now on, when it is not where the app listens.</summary>
    public void IsSignedAt(string baseUrl) => Url = baseUrl;

    /// <summary>
    /// Posts a form as Twilio does, signed over the URL and the fields. Then waits until AgentPay has tried to store the call, because an
    /// inbound call is stored after the answer.
    /// </summary>
    public async Task<WebhookAnswer> PostAsync(string target, params (string Name, string Value)[] form)
    {
        var answer = await PostWithoutWaitingAsync(target, form);
        var call = form.FirstOrDefault(field => field.Name == "CallSid").Value;
        await Get<Outbox>().WhenTriedAsync(new("call", call ?? ""));
        return answer;
    }

    public Task<WebhookAnswer> PostWithoutWaitingAsync(string target, params (string Name, string Value)[] form)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        var signature = RequestSignature.Sign(
            Url + target, fields.Select(f => KeyValuePair.Create(f.Key, new StringValues(f.Value))), SandboxApp.AuthToken);
        return SendAsync(target, new FormUrlEncodedContent(fields), signature);
    }

    public async Task<WebhookAnswer> SendAsync(string target, HttpContent? body, string? signature)
    {
        var listening = new Uri(_app.Urls.Single());
        var uri = new Uri(
            listening.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = body };
        if (signature is not null) request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        using var response = await _http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Waits for a snapshot of the call list that fits.</summary>
    public async Task<CallList> NextListAsync(Func<CallList, bool> fits)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        return await Get<LiveFeed<string, CallList>>().WatchAsync(CallDirectory.ListKey, limit.Token).FirstAsync(fits, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(SandboxApp sandbox, string? service) =>
    [
        new("AgentPay:Mode", "Live"),
        new("Twilio:AccountSid", SandboxApp.AccountSid),
        new("Twilio:AuthToken", SandboxApp.AuthToken),
        new("Twilio:ApiKeySid", SandboxApp.ApiKeySid),
        new("Twilio:ApiKeySecret", SandboxApp.ApiKeySecret),
        new("Twilio:ApiBaseUrl", $"{sandbox.Url}sandbox/twilio"),
        new("Twilio:SyncBaseUrl", $"{sandbox.Url}sandbox/sync"),
        new("Sync:ServiceSid", service),
        new("Voice:OriginationUri", "pbx.example.org:5080"),
    ];

    private static void AddServices(IServiceCollection services, bool isReachable)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        services.AddSingleton<TimeProvider>(new SteppedClock());
        services.AddOptions<AgentPayOptions>().BindConfiguration(AgentPayOptions.Section);
        services.AddTwilio();
        services.AddSync();
        if (!isReachable) services.Remove(services.Single(s => s.ImplementationType == typeof(SyncProvisioning)));
        services.AddSingleton(new CallListPace(TimeSpan.Zero));
        services.AddCalls();
        services.AddEvents();
        services.AddPayments();
        services.AddHandover();
        // Payments do not age here.
        services.Remove(services.Single(s => s.ImplementationType == typeof(PaymentWatch)));
    }
}
