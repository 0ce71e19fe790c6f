namespace AgentPay.Web.Payments;

/// <summary>Work that is under way on this instance, each by a key: nobody starts the same twice.</summary>
internal sealed class InFlightRequests
{
    private readonly Dictionary<string, Task> _running = [];

    /// <summary>Ends once nothing is running, nor what that has started in its turn.</summary>
    public Task Idle => WhenIdleAsync();

    /// <summary>Starts the work in the background, or returns what is running under the key.</summary>
    public Task Run(string key, Func<Task> work)
    {
        lock (_running)
        {
            if (_running.TryGetValue(key, out var running)) return running;
            return _running[key] = RunAsync(key, work);
        }
    }

    private async Task WhenIdleAsync()
    {
        while (Running() is { Length: > 0 } running) await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task[] Running()
    {
        lock (_running) return [.. _running.Values];
    }

    private async Task RunAsync(string key, Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work();
        }
        finally
        {
            lock (_running) _running.Remove(key);
        }
    }
}
