namespace AgentPay.Web.Sync;

// Sets up SyncSpace when the host starts. Retries until Sync can be reached, and starts again when the service was deleted.
internal sealed class SyncProvisioning(
    SyncSetup setup, SyncSpace space, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SyncProvisioning> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In the sandbox, this server also plays Sync. It accepts connections only after all hosted services have started.
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
            var service = await setup.EnsureAsync(stopping);
            space.Ready(service);
            log.Provisioned(service);
            return true;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            var problem = SyncProblem.Describe(failure);
            space.NotReady(problem);
            log.NotProvisioned(number, problem, failure is ServiceUnavailableException ? null : failure);
            return false;
        }
    }
}
