using AgentPay.Web.Sync;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>
/// The beginning of the end: <c>/health/ready</c> says that this instance is stopping, and until <see cref="AgentPayOptions.DrainTime"/> is over
/// everything else goes on, so that a balancer that asks has time to send traffic elsewhere.
/// </summary>
internal sealed class Draining(IOptions<AgentPayOptions> options, TimeProvider clock, ILogger<Draining> log) : IHostedLifecycleService, IHealthCheck
{
    /// <summary>For requests under way (a webhook takes 15 seconds at most, as Twilio hangs up then) and for what is still to be written; less than the 30 seconds after which Kubernetes kills.</summary>
    public static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(25);

    private bool _isStopping;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _isStopping) ? HealthCheckResult.Unhealthy("This instance is stopping") : HealthCheckResult.Healthy());

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
        services.AddHealthChecks().AddCheck<Draining>("stopping", tags: [SyncFeature.ReadyTag]);
        // The host wants to know before options are validated, all at once.
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) =>
        {
            var drainTime = SettingText.Read(configuration[$"{AgentPayOptions.Section}:{nameof(AgentPayOptions.DrainTime)}"]?.Trim() ?? "", typeof(TimeSpan));
            host.ShutdownTimeout = (drainTime as TimeSpan? ?? TimeSpan.Zero) + Draining.ToFinish;
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: not ready any more, and serving for another {DrainTime}")]
    public static partial void DrainBegan(this ILogger log, TimeSpan drainTime);
}
