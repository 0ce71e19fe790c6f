using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
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
    private string? _problem;

    /// <summary>Looks once at every payment in flight that this instance knows, at what is owed, and now and then at all payments there are.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var (before, now) = (_lookedAt, _lookedAt = clock.GetUtcNow());
        try
        {
            await Task.WhenAll([backlog.RetryAsync(), records.RetryAsync(), .. store.InFlight.ToList().Select(session => AttendAsync(session, before, now, cancellation))]);
            await sweep.SweepAsync(cancellation);
            _problem = null;
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            // Once, and not every second that it lasts.
            if (_problem != down.Message) log.NotAttended(_problem = down.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // One payment that cannot be read must not leave all others unattended: a service that fails takes its host with it.
            log.AttendanceFailed(fault);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FinishAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ObserveWaiting(() => backlog.Count, () => records.Owed);
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

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
        if (await flow.RefreshAsync(session.Id, cancellation) is { Pending: not null } still) _ = flow.SendAsync(still);
    }

    private static int Due(PendingAction pending, DateTimeOffset at) => (int)((at - pending.Since) / Unanswered);
}
