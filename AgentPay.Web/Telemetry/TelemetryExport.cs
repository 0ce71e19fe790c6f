using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentPay.Web.Telemetry;

/// <summary>Begins to collect with the host, and sends what is left when the host stops: the last thing it does, and not for long.</summary>
internal sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    private const int PatienceMs = 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Task.Run(() => traces.ForceFlush(PatienceMs), CancellationToken.None), Task.Run(() => metrics.ForceFlush(PatienceMs), CancellationToken.None));
}
