using AgentPay.Web.Events;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Payments.RecordingStepKind;

namespace AgentPay.Web.Payments;

/// <summary>
/// Reports the start and the end of each payment to the recorder of the PBX, if one is configured. An event that is not accepted is
/// retried for up to an hour. The end is sent after the start is accepted. If an instance stops before that, the sweep of another one
/// sends what is missing. An event may be sent more than once, always with the same id.
/// </summary>
public sealed class RecorderEvents
{
    private const string OutboxKind = "event";
    private const string Started = "started";
    private const string Ended = "ended";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly EventClient _events;
    private readonly PaymentStore _store;
    private readonly Outbox _outbox;
    private readonly TimeProvider _clock;

    public RecorderEvents(EventClient events, PaymentStore store, Outbox outbox, TimeProvider clock)
    {
        (_events, _store, _outbox, _clock) = (events, store, outbox, clock);
        store.Written += (before, after) =>
        {
            if (after.IsOver && !before.IsOver) Enqueue(after);
        };
    }

    /// <summary>
    /// Reports the start once, before Twilio opens the payment. Waits for the answer at most <see cref="Timeouts.EventStart"/>.
    /// </summary>
    /// <returns>Whether the payment may be started: not while the recording must be paused and the start is not accepted.</returns>
    public async Task<bool> StartAsync(PaymentSession session)
    {
        if (!_events.IsConfigured || Has(session, StartAccepted) || Has(session, StartNotAccepted)) return true;
        Enqueue(session);
        var tried = _outbox.WhenTriedAsync(KeyOf(session.Id)).WaitAsync(Timeouts.EventStart, _clock);
        await tried.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var after = _store.Known(session.Id) ?? session;
        return !after.IsOver && (session.Plan.RecordingPause != RecordingPause.Required || Has(after, StartAccepted));
    }

    /// <summary>Queues the events that the recorder has not accepted yet.</summary>
    public void Enqueue(PaymentSession session)
    {
        if (!_events.IsConfigured || DueOf(session) is null || _clock.GetUtcNow() - session.PhaseSince >= Lifetime) return;
        _outbox.Enqueue(KeyOf(session.Id), new(_ => SendAsync(session.Id))
        {
            Name = $"Reporting payment {session.Id} to the recorder",
            Lifetime = Lifetime,
        });
    }

    private async Task SendAsync(PaymentId payment)
    {
        while (await _store.LoadAsync(payment, CancellationToken.None) is { } session && DueOf(session) is { } due)
        {
            var at = due == Started ? session.StartedAt : session.PhaseSince;
            var data = new EventData(payment.ToString(), session.Call.ToString(), session.Uui);
            var answer = await _events.SendAsync($"{payment}-{due}", new($"payment.{due}", at.UtcDateTime, data));
            await ReportAsync(payment, due, answer);
            if (!answer.IsAccepted)
                throw new ServiceUnavailableException($"The recorder did not accept payment.{due}: {answer.Problem ?? $"status {answer.Status}"}");
        }
    }

    private async Task ReportAsync(PaymentId payment, string due, EventAnswer answer)
    {
        var step = answer.IsAccepted
            ? new RecordingStep(due == Started ? StartAccepted : EndAccepted, answer.At)
            : new(due == Started ? StartNotAccepted : EndNotAccepted, answer.At, answer.Status);
        await _store.ChangeAsync(payment, before => before?.Apply(new RecordingChanged(step)), confirms: false, CancellationToken.None);
    }

    private static string? DueOf(PaymentSession session) =>
        !Has(session, StartAccepted) ? Started
        : session.IsOver && !Has(session, EndAccepted) ? Ended
        : null;

    private static bool Has(PaymentSession session, RecordingStepKind kind) =>
        session.RecordingSteps?.Any(step => step.Kind == kind) == true;

    private static OutboxKey KeyOf(PaymentId payment) => new(OutboxKind, payment.ToString());
}
