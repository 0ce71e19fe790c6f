using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>Sends requests to Twilio through the outbox, which runs each once at a time and finishes them when the host stops.</summary>
public sealed class PaymentSender(PaymentRequests requests, RecordingPauses recordings, Outbox outbox)
{
    private const string OutboxKind = "request";

    /// <summary>Ends when no request is under way.</summary>
    public Task Idle => outbox.WhenDoneAsync(OutboxKind);

    /// <summary>
    /// Sends what is pending, unless that is under way. A request without an answer is not retried here: <see cref="PaymentWatch"/>
    /// sends it again.
    /// </summary>
    /// <param name="isAgain">It may have been sent before, by this or another instance.</param>
    /// <param name="answered">Called with what Twilio made of it, unless that is not known.</param>
    public void Enqueue(PaymentSession session, bool isAgain, Func<PaymentEvent, Task> answered)
    {
        var name = $"Sending {session.PendingKey}";
        outbox.EnqueueOnce(KeyOf(session), new(SendAsync) { Name = name });

        async Task SendAsync(CancellationToken abandoned)
        {
            if (session.MustPauseRecording && !await recordings.PauseAsync(session, answered)) return;
            if (await requests.SendAsync(session, isAgain, CancellationToken.None) is { } answer) await answered(answer);
        }
    }

    /// <summary>Ends when the pending request has been answered, or not answered in time.</summary>
    public Task WhenTriedAsync(PaymentSession session) =>
        session.Pending is null ? Task.CompletedTask : outbox.WhenTriedAsync(KeyOf(session));

    /// <summary>Ends Twilio's session of a payment that is over here.</summary>
    public void Close(PaymentSession session, PaymentSid payment) =>
        outbox.EnqueueOnce(
            new(OutboxKind, $"{session.Id}-close"), new(_ => requests.CloseAsync(session, payment)) { Name = $"Closing {session.Id}" });

    private static OutboxKey KeyOf(PaymentSession session) => new(OutboxKind, session.PendingKey!);
}
