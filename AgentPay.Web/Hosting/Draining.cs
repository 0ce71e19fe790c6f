using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Hosting;

/// <summary>
/// Drains connections on shutdown. <c>/health/ready</c> answers 503 at once. The server keeps serving for
/// <see cref="AgentPayOptions.DrainTime"/>, so that the load balancer can direct traffic to other instances.
/// </summary>
internal sealed class Draining(IOptions<AgentPayOptions> options, TimeProvider clock, ILogger<Draining> log)
    : IHostedLifecycleService, IHealthCheck
{
    /// <summary>Tag of the health checks that decide whether this instance receives traffic.</summary>
    public const string ReadyTag = "ready";

    private bool _isStopping;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var isStopping = Volatile.Read(ref _isStopping);
        return Task.FromResult(isStopping ? HealthCheckResult.Unhealthy("This instance is stopping") : HealthCheckResult.Healthy());
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host may call this more than once.
        if (Interlocked.Exchange(ref _isStopping, true) || options.Value.DrainTime <= TimeSpan.Zero) return;
        log.DrainBegan(options.Value.DrainTime);
        await Task.Delay(options.Value.DrainTime, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static partial class DrainingFeature
{
    public static void AddDraining(this IServiceCollection services)
    {
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<Draining>("stopping", tags: [Draining.ReadyTag]);
        // The host reads this option before the options are validated together, so the value is parsed here.
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) =>
        {
            var text = configuration[$"{AgentPayOptions.Section}:{nameof(AgentPayOptions.DrainTime)}"]?.Trim() ?? "";
            var drainTime = SettingText.Read(text, typeof(TimeSpan)) as TimeSpan? ?? TimeSpan.Zero;
            host.ShutdownTimeout = drainTime + Timeouts.Shutdown;
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: no longer ready, serving for another {DrainTime}")]
    public static partial void DrainBegan(this ILogger log, TimeSpan drainTime);
}
