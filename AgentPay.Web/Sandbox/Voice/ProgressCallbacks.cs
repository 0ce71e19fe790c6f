using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Who is told about the progress of a leg, and of which events: initiated, ringing, answered, completed.</summary>
internal sealed record ProgressSubscription(string Url, string Method, IReadOnlySet<string> Events)
{
    public static readonly IReadOnlySet<string> CompletedOnly = new HashSet<string> { "completed" };
}

/// <summary>The status callbacks of one leg, numbered and queued in the order of its events.</summary>
internal sealed class ProgressCallbacks(Leg leg, CallbackQueue queue, TimeProvider clock)
{
    private int _sequence;

    public ProgressSubscription? Subscription { get; set; }

    /// <param name="status">The CallStatus to report: of the event answered it is in-progress, of completed any final one.</param>
    public void Report(string progress, string status)
    {
        if (Subscription is not { } to || !to.Events.Contains(progress)) return;
        var at = clock.GetUtcNow();
        var callback = new Webhook(to.Url, CallParameters.ForProgress(leg, status, _sequence++, at), to.Method);
        queue.Post(leg.Sid, callback, reply => leg.NoteCallback(at, callback, reply));
    }
}
