using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>Events of calls for other folders.</summary>
public sealed class CallNews(TimeProvider clock, ILogger<CallNews> log)
{
    /// <summary>
    /// The customer's leg has ended. The webhook waits for every listener. When one throws, Twilio is asked to report the end again, so
    /// the event can be raised more than once for the same call.
    /// </summary>
    public event Func<CallSid, CancellationToken, Task>? Ended;

    /// <returns>Whether every listener has handled it.</returns>
    internal async Task<bool> TellEndAsync(CallSid call)
    {
        using var limit = new CancellationTokenSource(Timeouts.CallEnd, clock);
        var handled = (Ended?.GetInvocationList() ?? []).Cast<Func<CallSid, CancellationToken, Task>>()
            .Select(listener => TellAsync(listener, call, limit.Token));
        return (await Task.WhenAll(handled)).All(done => done);
    }

    private async Task<bool> TellAsync(Func<CallSid, CancellationToken, Task> listener, CallSid call, CancellationToken cancellation)
    {
        try
        {
            await listener(call, cancellation).WaitAsync(cancellation);
            return true;
        }
        catch (Exception failure)
        {
            log.EndNotHandled(failure, call);
            return false;
        }
    }
}
