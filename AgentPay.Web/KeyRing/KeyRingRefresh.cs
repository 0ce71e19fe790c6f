using AgentPay.Web.Sync;
using Microsoft.AspNetCore.DataProtection;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// Loads the key ring as soon as Sync is reached, and reloads it once an hour to get the keys of other instances. The framework creates
/// a key two days before its first use.
/// </summary>
internal sealed class KeyRingRefresh(
    SyncKeyRing ring, SyncSpace space, IDataProtectionProvider protection, TimeProvider clock, ILogger<KeyRingRefresh> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; ; await Task.Delay(failures == 0 ? Interval : Backoff.After(failures), clock, stoppingToken))
        {
            try
            {
                await space.WhenReadyAsync(stoppingToken);
                await RefreshAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.KeyRingNotRead(++failures, SyncProblem.Describe(failure), failure is ServiceUnavailableException ? null : failure);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        await ring.RefreshAsync(cancellation);
        if (ring.Opened.IsCompleted) return;
        // Makes the framework create the first key now, and not during a user's request.
        protection.CreateProtector(nameof(KeyRingRefresh)).Protect([]);
        ring.Open();
    }
}
