namespace AgentPay.Web.Sync;

/// <summary>
/// Sets up <see cref="SyncSpace"/> at the start, goes on trying while Sync is out of reach, and does it again when the service has been
/// deleted.
/// </summary>
internal sealed class SyncProvisioning(
    SyncSetup setup, SyncSpace space, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SyncProvisioning> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In the sandbox, Sync is this very server, which listens only once every service has been started.
        await lifetime.WhenStartedAsync(stoppingToken);
        while (true)
        {
            await ProvisionAsync(stoppingToken);
            await space.WhenLostAsync(stoppingToken);
            log.Lost(space.Problem);
        }
    }

    private async Task ProvisionAsync(CancellationToken stopping)
    {
        for (var failures = 1; !await TryAsync(failures, stopping); failures++)
        {
            await Task.Delay(Backoff.After(failures), clock, stopping);
        }
    }

    private async Task<bool> TryAsync(int number, CancellationToken stopping)
    {
        try
        {
            var service = await setup.FindOrMakeAsync(stopping);
            space.Ready(service);
            log.Provisioned(service);
            return true;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            var problem = SyncProblem.InWords(failure);
            space.NotReady(problem);
            log.NotProvisioned(number, problem, failure is ServiceUnavailableException ? null : failure);
            return false;
        }
    }
}
