using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentPay.Web.Analytics;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Analytics;

/// <summary>A host with only the analytics, and a manual clock.</summary>
internal sealed class ReportingApp : IAsyncDisposable, ILoggerProvider, ILogger
{
    public const string WriteKey = "a-write-key";

    private readonly IHost _host;
    private readonly ConcurrentQueue<string> _logs = new();

    private ReportingApp(string baseUrl, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Segment:WriteKey"] = WriteKey, ["Segment:BaseUrl"] = baseUrl });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(this);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<PaymentNews>();
        builder.AddAnalytics();
        Services = builder.Services;
        _host = builder.Build();
    }

    public ManualClock Clock { get; } = new();

    public IServiceCollection Services { get; }

    public PaymentNews News => _host.Services.GetRequiredService<PaymentNews>();

    /// <summary>The log messages of AgentPay, with their exceptions.</summary>
    public IReadOnlyList<string> Logs => [.. _logs];

    public static async Task<ReportingApp> StartAsync(string baseUrl, params (string Key, string? Value)[] settings)
    {
        var app = new ReportingApp(baseUrl, settings.ToDictionary(s => s.Key, s => s.Value));
        await app._host.StartAsync();
        return app;
    }

    public void Publish(int notices = 1)
    {
        for (var notice = 0; notice < notices; notice++)
            News.Publish(new PaymentNotice.Attached(Clock.GetUtcNow(), "ada@example.com", ACall.Sid));
    }

    /// <summary>Completes when all published notices are sent or dropped.</summary>
    public Task StopAsync(CancellationToken hurry = default) => Reporting.StopAsync(hurry);

    public IHostedService Reporting => _host.Services.GetServices<IHostedService>().Single();

    /// <summary>Reads the counter <c>agentpay.analytics.{name}</c>.</summary>
    public long Counted(string name)
    {
        long counted = -1;
        using var listener = new MeterListener();
        var meters = _host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "AgentPay.Analytics" && instrument.Meter.Scope == meters
                && instrument.Name == "agentpay.analytics." + name) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return counted;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        _host.Dispose();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logs.Enqueue($"{formatter(state, exception)} {exception}".Trim());

    void IDisposable.Dispose()
    {
    }
}
