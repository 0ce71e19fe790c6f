using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>Raises call events for other folders.</summary>
public sealed class CallNews(TimeProvider clock, ILogger<CallNews> log)
{
    /// <summary>
    /// Raised when the customer's leg has ended. The webhook waits for all handlers. If a handler throws, the webhook answers 503 and
    /// Twilio sends it again, so the event can be raised more than once for a call.
    /// </summary>
    public event Func<CallSid, CancellationToken, Task>? Ended;

    // Returns true if all handlers succeeded.
    internal async Task<bool> RaiseEndedAsync(CallSid call)
    {
        using var limit = new CancellationTokenSource(Timeouts.CallEnd, clock);
        var results = (Ended?.GetInvocationList() ?? []).Cast<Func<CallSid, CancellationToken, Task>>()
            .Select(handler => HandleAsync(handler, call, limit.Token));
        return (await Task.WhenAll(results)).All(isHandled => isHandled);
    }

    private async Task<bool> HandleAsync(
        Func<CallSid, CancellationToken, Task> handler, CallSid call, CancellationToken cancellation)
    {
        try
        {
            await handler(call, cancellation).WaitAsync(cancellation);
            return true;
        }
        catch (Exception failure)
        {
            log.EndNotHandled(failure, call);
            return false;
        }
    }
}
