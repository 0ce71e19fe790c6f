using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>Where calls tell what has become of them.</summary>
public sealed class CallNews(TimeProvider clock, ILogger<CallNews> log)
{
    /// <summary>Twilio waits 15 seconds for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The customer's leg has ended. The webhook that says so waits for every listener; when one of them throws, Twilio is asked to report
    /// the end again, so the same end may be told more than once.
    /// </summary>
    public event Func<CallSid, CancellationToken, Task>? Ended;

    /// <returns>Whether every listener has dealt with it.</returns>
    internal async Task<bool> TellEndAsync(CallSid call)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        var told = (Ended?.GetInvocationList() ?? []).Cast<Func<CallSid, CancellationToken, Task>>().Select(listener => TellAsync(listener, call, patience.Token));
        return (await Task.WhenAll(told)).All(done => done);
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
