namespace AgentPay.Web.Payments;

/// <summary>Work that is under way on this instance, each by a key: nobody starts the same twice.</summary>
internal sealed class InFlightRequests
{
    private readonly Dictionary<string, Task> _running = [];

    /// <summary>Ends when nothing that is running now is any more.</summary>
    public Task Idle
    {
        get { lock (_running) return Task.WhenAll(_running.Values.ToArray()).ContinueWith(_ => { }, TaskScheduler.Default); }
    }

    /// <summary>Starts the work in the background, or returns what is running under the key.</summary>
    public Task Run(string key, Func<Task> work)
    {
        lock (_running)
        {
            if (_running.TryGetValue(key, out var running)) return running;
            return _running[key] = RunAsync(key, work);
        }
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
