using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Time, as payments feel it: what is overdue becomes so, a request without an answer goes out again, and so does what Sync did not take.
/// </summary>
public sealed class PaymentWatch(
    PaymentStore store, PaymentFlow flow, PaymentSweep sweep, PaymentRecords records, CallbackBacklog backlog, PaymentMetrics metrics, IOptions<PaymentsOptions> options, TimeProvider clock, ILogger<PaymentWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A request is sent again when it has had no answer for this long, and then as often.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(5);

    /// <summary>Sooner than another instance would send it again. Most fields are entered before, and cost no write for the answer.</summary>
    private static readonly TimeSpan Unwritten = TimeSpan.FromSeconds(3);

    private DateTimeOffset _lookedAt;

    /// <summary>Looks once at every payment in flight that this instance knows, at what is owed, and now and then at all payments there are.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(TryAsync(AttendAsync, null, cancellation), TryAsync(PayAsync, null, cancellation));
        await TryAsync(sweep.SweepAsync, null, cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FinishAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Side by side: a caller who waits must not wait for records, nor for all the payments there are to be read.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ObserveWaiting(() => backlog.Count, () => records.Owed);
        return Task.WhenAll(EveryTickAsync(AttendAsync, stoppingToken), EveryTickAsync(PayAsync, stoppingToken), EveryTickAsync(sweep.SweepAsync, stoppingToken));
    }

    private async Task EveryTickAsync(Func<CancellationToken, Task> look, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        string? problem = null;
        while (await timer.WaitForNextTickAsync(stopping)) problem = await TryAsync(look, problem, stopping);
    }

    /// <summary>What is wrong with the world, if anything; logged once, and not every second that it lasts.</summary>
    private async Task<string?> TryAsync(Func<CancellationToken, Task> look, string? known, CancellationToken cancellation)
    {
        try
        {
            await look(cancellation);
            return null;
        }
        catch (SyncNotReadyException)
        {
            // Provisioning says so itself.
            return null;
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            if (known != down.Message) log.NotAttended(down.Message);
            return down.Message;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One payment that cannot be read, or is broken off, must not leave all others unattended: a service that fails takes its host with it.
            log.AttendanceFailed(fault);
            return null;
        }
    }

    private Task AttendAsync(CancellationToken cancellation)
    {
        var (before, now) = (_lookedAt, _lookedAt = clock.GetUtcNow());
        return Task.WhenAll(store.InFlight.ToList().Select(session => AttendAsync(session, before, now, cancellation)));
    }

    private Task PayAsync(CancellationToken cancellation) => Task.WhenAll(backlog.RetryAsync(), records.RetryAsync());

    /// <summary>Everything once more; what still fails is found by the next sweep of any instance.</summary>
    private async Task FinishAsync()
    {
        await Task.WhenAll(flow.Idle, backlog.RetryAsync(), records.RetryAsync());
        // What Twilio's answers have brought meanwhile.
        await records.RetryAsync();
    }

    private async Task AttendAsync(PaymentSession session, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        var happened = await flow.HappenAsync(session.Id, new TimePassed(now, options.Value.Limits), by: null, cancellation);
        await flow.KeepAnswerAsync(session.Id, Unwritten, cancellation);
        if (happened?.After.Pending is not { } pending || Due(pending, now) <= Due(pending, before)) return;
        // Another instance may have gone on meanwhile: what it has done is not asked again.
        if (await flow.RefreshAsync(session.Id, cancellation) is { Pending: not null } still) _ = flow.SendAsync(still, isAgain: true);
    }

    private static int Due(PendingAction pending, DateTimeOffset at) => (int)((at - pending.Since) / Unanswered);
}
