using AgentPay.Web.Sync;
using Microsoft.AspNetCore.DataProtection;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// Opens the key ring as soon as Sync is reached, and looks once an hour for keys of other instances: the framework makes them two days
/// before they are used.
/// </summary>
internal sealed class KeyRingKeeper(
    SyncKeyRing ring, SyncSpace space, IDataProtectionProvider protection, TimeProvider clock, ILogger<KeyRingKeeper> log)
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
                log.KeyRingNotRead(++failures, SyncProblem.InWords(failure), failure is ServiceUnavailableException ? null : failure);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        await ring.RefreshAsync(cancellation);
        if (ring.Opened.IsCompleted) return;
        // The framework makes the first key here, and not while somebody waits for a page.
        protection.CreateProtector(nameof(KeyRingKeeper)).Protect([]);
        ring.Open();
    }
}
