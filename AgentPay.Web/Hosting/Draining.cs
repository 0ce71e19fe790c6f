using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Hosting;

/// <summary>
/// The first step of a shutdown: <c>/health/ready</c> reports that this instance is stopping, and it continues to serve for
/// <see cref="AgentPayOptions.DrainTime"/>, so that a load balancer has time to send traffic elsewhere.
/// </summary>
internal sealed class Draining(IOptions<AgentPayOptions> options, TimeProvider clock, ILogger<Draining> log)
    : IHostedLifecycleService, IHealthCheck
{
    /// <summary>Tag of the health checks that decide whether this instance receives traffic.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// The time for running requests (a webhook takes at most 15 seconds, Twilio's timeout) and for pending writes. Kubernetes kills after
    /// 30 seconds.
    /// </summary>
    public static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(25);

    private bool _isStopping;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _isStopping)
            ? HealthCheckResult.Unhealthy("This instance is stopping")
            : HealthCheckResult.Healthy());

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host may be asked to stop more than once.
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
        // Read without the options: the host needs this before all options are validated together.
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) =>
        {
            var text = configuration[$"{AgentPayOptions.Section}:{nameof(AgentPayOptions.DrainTime)}"]?.Trim() ?? "";
            var drainTime = SettingText.Read(text, typeof(TimeSpan));
            host.ShutdownTimeout = (drainTime as TimeSpan? ?? TimeSpan.Zero) + Draining.ToFinish;
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: not ready any more, and serving for another {DrainTime}")]
    public static partial void DrainBegan(this ILogger log, TimeSpan drainTime);
}
