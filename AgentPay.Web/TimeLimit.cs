namespace AgentPay.Web;

/// <summary>Runs requests to Twilio with a timeout.</summary>
internal static class TimeLimit
{
    /// <summary>Returns the result of the work, or cancels the work after the timeout.</summary>
    /// <param name="service">The name in the message: <c>Twilio</c> or <c>Twilio Sync</c>.</param>
    /// <exception cref="ServiceUnavailableException">The timeout has expired.</exception>
    public static async Task<T> RunAsync<T>(
        string service, TimeSpan timeout, TimeProvider clock, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await work(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ServiceUnavailableException($"{service} did not answer in time", late);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(
        string service, TimeSpan timeout, TimeProvider clock, Func<CancellationToken, Task> work, CancellationToken cancellation) =>
        RunAsync(service, timeout, clock, async token =>
        {
            await work(token);
            return true;
        }, cancellation);
}
