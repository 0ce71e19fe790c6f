using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Applies the time limits of payments in flight, and sends requests that have had no answer again.</summary>
public sealed class PaymentWatch(
    PaymentStore store, PaymentFlow flow, PaymentSweep sweep,
    IOptions<PaymentsOptions> options, TimeProvider clock, ILogger<PaymentWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A request is sent again when it has had no answer for this long, and then as often.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sooner than another instance would send it again. Most fields are entered before, and cost no write for the answer.
    /// </summary>
    private static readonly TimeSpan Unstored = TimeSpan.FromSeconds(3);

    private DateTimeOffset _lookedAt;

    /// <summary>
    /// Looks once at every payment in flight that this instance knows, and at most once a minute at all payments in Sync.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await TryAsync(AttendAsync, null, cancellation);
        await TryAsync(sweep.SweepAsync, null, cancellation);
    }

    /// <summary>The sweep reads all payments in Sync: those in flight must not wait for it.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(EveryTickAsync(AttendAsync, stoppingToken), EveryTickAsync(sweep.SweepAsync, stoppingToken));

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
        catch (ServiceUnavailableException down)
        {
            if (known != down.Message) log.NotAttended(down.Message);
            return down.Message;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One payment that cannot be read, or is broken off, must not leave all others unattended: a service that fails takes its
            // host with it.
            log.AttendanceFailed(fault);
            return null;
        }
    }

    private Task AttendAsync(CancellationToken cancellation)
    {
        var (before, now) = (_lookedAt, _lookedAt = clock.GetUtcNow());
        return Task.WhenAll(store.InFlight.ToList().Select(session => AttendAsync(session, before, now, cancellation)));
    }

    private async Task AttendAsync(PaymentSession session, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        var happened = await flow.HappenAsync(session.Id, new TimePassed(now, options.Value.Limits), by: null, cancellation);
        await flow.StoreAnswerAsync(session.Id, Unstored, cancellation);
        if (happened?.After.Pending is not { } pending || Due(pending, now) <= Due(pending, before)) return;
        // Another instance may have gone on meanwhile. What is not stored yet must not be sent.
        var latest = await flow.RefreshAsync(session.Id, cancellation);
        if (latest?.Pending is not null && store.Stored(session.Id)?.PendingKey == latest.PendingKey) flow.Send(latest, isAgain: true);
    }

    private static int Due(PendingAction pending, DateTimeOffset at) => (int)((at - pending.Since) / Unanswered);
}
