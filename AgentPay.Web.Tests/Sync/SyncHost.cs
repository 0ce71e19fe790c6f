using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Sandbox.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A host with AgentPay's Twilio clients and its Sync feature only, and a server that plays Sync.</summary>
public sealed class SyncHost : IAsyncDisposable
{
    public const string Map = "things";

    private readonly WebApplication _app;

    private SyncHost(WebApplication app, LogLines log) => (_app, Log) = (app, log);

    public LogLines Log { get; }

    public SyncSpace Space => Get<SyncSpace>();

    public SyncClient Client => Get<SyncClient>();

    public MapStore Maps => Get<MapStore>();

    /// <param name="syncUrl">What stands before <c>/v1</c>.</param>
    public static async Task<SyncHost> StartAsync(string syncUrl, TimeProvider clock, Action<IServiceCollection>? add = null,
        params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(syncUrl));
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Services.AddSingleton(clock).AddTwilio().AddSync().AddSyncMap(Map);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapHealthChecks("/health/ready",
            new HealthCheckOptions { Predicate = check => check.Tags.Contains(Draining.ReadyTag), ResponseWriter = WriteWords });
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>On a sandbox, as the only instance, with its objects there already.</summary>
    public static async Task<SyncHost> StartReadyAsync(SandboxApp sandbox, TimeProvider? clock = null,
        Action<IServiceCollection>? add = null, params (string Key, string? Value)[] settings)
    {
        var host = await StartAsync(UrlOf(sandbox), clock ?? sandbox.Clock, add, [("Sync:Settling", "00:00:00"), .. settings]);
        await host.ReadyAsync();
        return host;
    }

    public static string UrlOf(SandboxApp sandbox) => $"{sandbox.Url}sandbox/sync";

    public Task<string> ReadyAsync() => Space.WhenReadyAsync(CancellationToken.None).WaitAsync(TestLimit.Time);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<(int Status, string Words)> HealthAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        using var answer = await http.GetAsync("health/ready");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task WriteWords(Microsoft.AspNetCore.Http.HttpContext context, HealthReport report) =>
        Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response,
            string.Join("; ", report.Entries.Values.Select(e => e.Description)));

    private static Dictionary<string, string?> Settings(string syncUrl) => new()
    {
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:SyncBaseUrl"] = syncUrl,
    };
}

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> All => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}

/// <summary>The sandbox's control API, as tests of Sync use it.</summary>
public static class SandboxControl
{
    public static async Task SetFaultsAsync(this SandboxApp sandbox, object faults) =>
        (await sandbox.Anonymous.PutAsJsonAsync("sandbox/control/faults", faults)).EnsureSuccessStatusCode();

    /// <summary>The names of the maps of a service.</summary>
    public static async Task<IReadOnlyList<string?>> MapNamesAsync(this SandboxApp sandbox, string service) =>
        [.. (await sandbox.SyncOf(service).ReadAllAsync("/Maps")).Select(map => map.GetProperty("unique_name").GetString())];

    public static async Task DeleteMapAsync(this SandboxApp sandbox, string service, string map) =>
        (await sandbox.SyncOf(service).DeleteAsync($"/Maps/{map}")).Status.ShouldBe(204);

    private static SyncApi SyncOf(this SandboxApp sandbox, string service) =>
        new(sandbox.Http, $"{SyncHost.UrlOf(sandbox)}/v1/Services/{service}");

    /// <summary>Reads and writes so far; of one top-level object, such as <c>document:x</c>, or of all.</summary>
    public static async Task<(int Reads, int Writes)> CountAsync(this SandboxApp sandbox, string? top = null)
    {
        var counted = (await sandbox.Anonymous.GetFromJsonAsync<JsonElement>("sandbox/control/stats")).GetProperty("sync");
        if (top is not null && !counted.GetProperty("objects").TryGetProperty(top, out counted)) return (0, 0);
        return (counted.GetProperty("reads").GetInt32(), counted.GetProperty("writes").GetInt32());
    }
}
