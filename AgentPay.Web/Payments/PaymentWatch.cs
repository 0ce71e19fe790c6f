using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Time, as payments feel it: what is overdue becomes so, a request without an answer goes out again, and payments that nobody attends,
/// because their instance has died, are adopted.
/// </summary>
public sealed class PaymentWatch(
    PaymentStore store, PaymentFlow flow, CallPayments calls, LiveFeed<PaymentId, PaymentSession> feed, IOptions<PaymentsOptions> options, TimeProvider clock, ILogger<PaymentWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A request is sent again when it has had no answer for this long, and then as often.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(5);

    /// <summary>How often all payments are looked through for those that nobody attends.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    private DateTimeOffset _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    /// <summary>Looks once at every payment in flight that this instance knows, and now and then at all there are.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            if (clock.GetUtcNow() - _sweptAt >= Sweep)
            {
                _sweptAt = clock.GetUtcNow();
                await store.AdoptAsync(_sweptAt - Sweep, cancellation);
            }
            await Task.WhenAll(store.InFlight.ToList().Select(session => AttendAsync(session, cancellation)));
            LetGo();
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            log.NotAttended(down.Message);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await flow.Idle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AttendAsync(PaymentSession session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var after = await flow.HappenAsync(session.Id, new TimePassed(now, options.Value.Limits), cancellation);
        if (after?.Pending is not { } pending || !IsDue(now - pending.Since)) return;
        // Another instance may have gone on meanwhile: what it has done is not asked again.
        if (await flow.RefreshAsync(session.Id, cancellation) is { Pending: not null } still) _ = flow.SendAsync(still);
    }

    private static bool IsDue(TimeSpan waited) => waited >= Unanswered && (int)waited.TotalSeconds % (int)Unanswered.TotalSeconds == 0;

    private void LetGo()
    {
        var gone = store.Forget();
        calls.Forget(gone);
        foreach (var payment in gone) feed.Forget(payment);
    }
}
