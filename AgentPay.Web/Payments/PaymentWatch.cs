using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Applies the time limits of running payments, and sends unanswered requests again.</summary>
public sealed class PaymentWatch(
    PaymentStore store,
    PaymentFlow flow,
    PaymentSweep sweep,
    IOptions<PaymentsOptions> options,
    TimeProvider clock,
    ILogger<PaymentWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>The time after which an unanswered request is sent again, and the time between further retries.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time after which Twilio's answer is stored on its own. Shorter than <see cref="RetryInterval"/>, so that no other instance sends
    /// the request again. Most answers are stored earlier, with the entry of a field.
    /// </summary>
    private static readonly TimeSpan AnswerStoreDelay = TimeSpan.FromSeconds(3);

    private DateTimeOffset _checkedAt;

    /// <summary>
    /// Checks every running payment of this instance once. Sweeps all payments in Sync at most once a minute.
    /// </summary>
    public async Task RunOnceAsync(CancellationToken cancellation)
    {
        await TryAsync(CheckAsync, null, cancellation);
        await TryAsync(sweep.SweepAsync, null, cancellation);
    }

    /// <summary>The sweep reads all payments in Sync. It has its own loop, so that running payments are not delayed.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(EveryTickAsync(CheckAsync, stoppingToken), EveryTickAsync(sweep.SweepAsync, stoppingToken));

    private async Task EveryTickAsync(Func<CancellationToken, Task> check, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        string? problem = null;
        while (await timer.WaitForNextTickAsync(stopping)) problem = await TryAsync(check, problem, stopping);
    }

    /// <summary>Returns the current problem with Sync or Twilio, or null. A lasting problem is logged once, not every second.</summary>
    private async Task<string?> TryAsync(Func<CancellationToken, Task> check, string? known, CancellationToken cancellation)
    {
        try
        {
            await check(cancellation);
            return null;
        }
        catch (SyncNotReadyException)
        {
            // The provisioning of Sync logs this itself.
            return null;
        }
        catch (ServiceUnavailableException down)
        {
            if (known != down.Message) log.CheckFailed(down.Message);
            return down.Message;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // An error with one payment must not stop the checks of all others. An exception from a background service also stops the
            // host.
            log.CheckBroken(fault);
            return null;
        }
    }

    private Task CheckAsync(CancellationToken cancellation)
    {
        var (before, now) = (_checkedAt, _checkedAt = clock.GetUtcNow());
        return Task.WhenAll(store.InFlight.ToList().Select(session => CheckAsync(session, before, now, cancellation)));
    }

    private async Task CheckAsync(PaymentSession session, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        var happened = await flow.ApplyAsync(session.Id, new TimePassed(now, options.Value.Limits), by: null, cancellation);
        await flow.StoreAnswerAsync(session.Id, AnswerStoreDelay, cancellation);
        if (happened?.After.Pending is not { } pending || Due(pending, now) <= Due(pending, before)) return;
        // Another instance may have changed the payment. A request that is not stored must not be sent.
        var latest = await flow.RefreshAsync(session.Id, cancellation);
        if (latest?.Pending is not null && store.Stored(session.Id)?.PendingKey == latest.PendingKey) flow.Send(latest, isAgain: true);
    }

    private static int Due(PendingAction pending, DateTimeOffset at) => (int)((at - pending.Since) / RetryInterval);
}
