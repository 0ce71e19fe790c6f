using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentPay.Web.Sync;

/// <summary>
/// Whether this instance can store anything: its objects are there, and Sync answers for their service. Asks Sync at most every few
/// seconds, however often it is asked itself.
/// </summary>
internal sealed class SyncHealthCheck(SyncClient sync, SyncSpace space, SyncMetrics metrics, TimeProvider clock) : IHealthCheck, IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private (long At, HealthCheckResult Result)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!space.IsReady) return HealthCheckResult.Unhealthy(new SyncNotReadyException(space.Problem).Message);
            if (_last is { } last && clock.GetElapsedTime(last.At) < Freshness) return last.Result;
            var result = await AskAsync(cancellationToken);
            _last = (clock.GetTimestamp(), result);
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var service = space.Service;
            await TimeLimit.RunAsync("Twilio Sync", Timeouts.HealthCheck, clock, limited => FindAsync(service, limited), cancellation);
            return HealthCheckResult.Healthy($"Sync answers for service {service}");
        }
        catch (ServiceUnavailableException failure)
        {
            return HealthCheckResult.Unhealthy(SyncProblem.InWords(failure));
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
