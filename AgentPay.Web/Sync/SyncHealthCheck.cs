using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentPay.Web.Sync;

// Reports whether this instance can store data: Sync is set up and responds. Sends at most one request to Sync in 5 seconds.
internal sealed class SyncHealthCheck(SyncClient sync, SyncSpace space, SyncMetrics metrics, TimeProvider clock) : IHealthCheck, IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _lock = new(1);
    private (long At, HealthCheckResult Result)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (!space.IsReady) return HealthCheckResult.Unhealthy(new SyncNotReadyException(space.Problem).Message);
            if (_last is { } last && clock.GetElapsedTime(last.At) < MaxAge) return last.Result;
            var result = await FetchServiceAsync(cancellationToken);
            _last = (clock.GetTimestamp(), result);
            return result;
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<HealthCheckResult> FetchServiceAsync(CancellationToken cancellation)
    {
        try
        {
            var service = space.Service;
            await TimeLimit.RunAsync("Twilio Sync", Timeouts.HealthCheck, clock, limited => FindAsync(service, limited), cancellation);
            return HealthCheckResult.Healthy($"Sync answers for service {service}");
        }
        catch (ServiceUnavailableException failure)
        {
            return HealthCheckResult.Unhealthy(SyncProblem.Describe(failure));
        }
    }

    private async Task FindAsync(string service, CancellationToken cancellation)
    {
        try
        {
            await metrics.ReadAsync(sync.Services.FetchAsync(service, cancellation));
        }
        catch (TwilioException missing) when (missing.IsNotFound)
        {
            throw space.Lost(service);
        }
    }
}
