using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

// Where status callbacks of a leg are sent, and for which events: initiated, ringing, answered, completed.
internal sealed record ProgressSubscription(string Url, string Method, IReadOnlySet<string> Events)
{
    public static readonly IReadOnlySet<string> CompletedOnly = new HashSet<string> { "completed" };
}

// The status callbacks of one leg, numbered and queued in the order of its events.
internal sealed class ProgressCallbacks(Leg leg, CallbackQueue queue, TimeProvider clock)
{
    private int _sequence;

    public ProgressSubscription? Subscription { get; set; }

    // status is the CallStatus: in-progress for the event answered, a final status for the event completed.
    public void Report(string eventName, string status)
    {
        if (Subscription is not { } subscription || !subscription.Events.Contains(eventName)) return;
        var at = clock.GetUtcNow();
        var callback = new Webhook(subscription.Url, CallParameters.ForProgress(leg, status, _sequence++, at), subscription.Method);
        queue.Post(leg.Sid, callback, reply => leg.LogCallback(at, callback, reply));
    }
}
