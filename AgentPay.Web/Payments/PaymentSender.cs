using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>
/// Sends requests to Twilio through the outbox. The outbox never runs a request twice at once, and finishes it on shutdown.
/// </summary>
public sealed class PaymentSender(PaymentRequests requests, RecordingPauses recordings, RecorderEvents recorder, Outbox outbox)
{
    private const string OutboxKind = "request";

    /// <summary>Completes when no request is running.</summary>
    public Task Idle => outbox.WhenDoneAsync(OutboxKind);

    /// <summary>
    /// Sends the pending request, unless it is being sent. Does not retry a request without an answer: <see cref="PaymentWatch"/> sends it
    /// again.
    /// </summary>
    /// <param name="isAgain">The request may have been sent before, by this or another instance.</param>
    /// <param name="answered">Called with Twilio's answer, if there is a clear one.</param>
    public void Enqueue(PaymentSession session, bool isAgain, Func<PaymentEvent, Task> answered)
    {
        var name = $"Sending {session.PendingKey}";
        outbox.EnqueueOnce(KeyOf(session), new(SendAsync) { Name = name });

        async Task SendAsync(CancellationToken abandoned)
        {
            if (session.Pending!.Action == PaymentAction.Start && !await recorder.StartAsync(session)) return;
            if (session.MustPauseRecording && !await recordings.PauseAsync(session, answered)) return;
            if (await requests.SendAsync(session, isAgain, CancellationToken.None) is { } answer) await answered(answer);
        }
    }

    /// <summary>Completes when the pending request was answered or has timed out.</summary>
    public Task WhenTriedAsync(PaymentSession session) =>
        session.Pending is null ? Task.CompletedTask : outbox.WhenTriedAsync(KeyOf(session));

    /// <summary>Cancels the Twilio session of a payment that is over.</summary>
    public void Close(PaymentSession session, PaymentSid payment) =>
        outbox.EnqueueOnce(
            new(OutboxKind, $"{session.Id}-close"),
            new(_ => requests.CloseAsync(session, payment)) { Name = $"Closing {session.Id}" });

    private static OutboxKey KeyOf(PaymentSession session) => new(OutboxKind, session.PendingKey!);
}
