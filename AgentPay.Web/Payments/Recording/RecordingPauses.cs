using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Pauses the recording of a call before a payment is started at Twilio, and resumes it when the payment is over. If an instance stops
/// before it resumes the recording, the sweep does so.
/// </summary>
public sealed class RecordingPauses
{
    private const string OutboxKind = "recording";

    private readonly CallRecorder _recorder;
    private readonly PaymentStore _store;
    private readonly CallPayments _calls;
    private readonly Outbox _outbox;
    private readonly TimeProvider _clock;

    public RecordingPauses(CallRecorder recorder, PaymentStore store, CallPayments calls, Outbox outbox, TimeProvider clock)
    {
        (_recorder, _store, _calls, _outbox, _clock) = (recorder, store, calls, outbox, clock);
        store.Written += (before, after) =>
        {
            if (after.MustResumeRecording && !before.IsOver) EnqueueResume(after);
        };
    }

    /// <summary>Pauses the recording and reports the step.</summary>
    /// <param name="report">Stores the step in the payment.</param>
    /// <returns>Whether the payment may be started.</returns>
    public async Task<bool> PauseAsync(PaymentSession session, Func<PaymentEvent, Task> report)
    {
        var step = await _recorder.PauseAsync(session);
        await report(new RecordingChanged(step));
        return step.Kind != RecordingStepKind.NotPaused || session.Plan.RecordingPause != RecordingPause.Required;
    }

    /// <summary>Queues the resumption, which is retried until Twilio answers.</summary>
    public void EnqueueResume(PaymentSession session) => _outbox.EnqueueOnce(
        new(OutboxKind, session.Id.ToString()),
        new(_ => ResumeAsync(session)) { Name = $"Resuming the recording after payment {session.Id}" });

    private async Task ResumeAsync(PaymentSession session)
    {
        var step = await IsAnotherRunningAsync(session) ? null : await _recorder.ResumeAsync(session);
        // The next payment may have paused the recording just before it was resumed.
        if (step?.Kind == RecordingStepKind.Resumed && await IsAnotherRunningAsync(session))
        {
            await _recorder.PauseAsync(session);
            step = null;
        }
        step ??= new(RecordingStepKind.KeptPaused, _clock.GetUtcNow());
        await _store.ChangeAsync(session.Id, before => before?.Apply(new RecordingChanged(step)), confirms: false, CancellationToken.None);
    }

    /// <summary>Whether a later payment runs on the call that pauses the recording too. Its end resumes the recording.</summary>
    private async Task<bool> IsAnotherRunningAsync(PaymentSession session) =>
        await _calls.LatestAsync(session.Call, CancellationToken.None) is { } latest && latest != session.Id
        && await _store.LoadAsync(latest, CancellationToken.None) is { IsOver: false, Plan.RecordingPause: not RecordingPause.No };
}
