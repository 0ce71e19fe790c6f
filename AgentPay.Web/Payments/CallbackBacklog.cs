using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Callbacks that Sync did not take, tried again until it does. Of each payment the newest is enough: it tells all that the older ones did.
/// </summary>
public sealed class CallbackBacklog(PaymentFlow flow, ILogger<CallbackBacklog> log)
{
    private const int Most = 10_000;

    private readonly Dictionary<PaymentId, CalledBack> _waiting = [];

    public int Count
    {
        get { lock (_waiting) return _waiting.Count; }
    }

    public void Add(PaymentId payment, CalledBack callback)
    {
        lock (_waiting)
        {
            var isKnown = _waiting.TryGetValue(payment, out var other);
            if (isKnown && IsNewer(other!.Callback, callback.Callback)) return;
            if (isKnown || _waiting.Count < Most) _waiting[payment] = callback;
            else log.BacklogFull(payment);
        }
    }

    /// <summary>Tries each once.</summary>
    public Task RetryAsync()
    {
        lock (_waiting) return Task.WhenAll(_waiting.Select(w => RetryAsync(w.Key, w.Value)).ToList());
    }

    private async Task RetryAsync(PaymentId payment, CalledBack callback)
    {
        await Task.Yield();
        try
        {
            await flow.HappenAsync(payment, callback, by: null, CancellationToken.None);
            lock (_waiting)
            {
                if (_waiting.GetValueOrDefault(payment) == callback) _waiting.Remove(payment);
            }
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            log.NotWritten(payment, "a callback", down.Message);
        }
    }

    /// <summary>The outcome is the last that Twilio says.</summary>
    private static bool IsNewer(PayCallback one, PayCallback other) =>
        one.Outcome is not null || (other.Outcome is null && one.SentAt > other.SentAt);
}
