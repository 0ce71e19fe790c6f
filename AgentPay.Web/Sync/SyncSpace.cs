namespace AgentPay.Web.Sync;

/// <summary>
/// Where AgentPay's objects are: known once <see cref="SyncProvisioning"/> has found or made them, unknown again when the service has been
/// deleted.
/// </summary>
public sealed class SyncSpace
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewChange();
    private string? _service;
    private string? _problem;

    public bool IsReady
    {
        get { lock (_lock) return _service is not null; }
    }

    /// <summary>Why it is not ready, for people; null when it is, or when nothing has gone wrong so far.</summary>
    public string? Problem
    {
        get { lock (_lock) return _problem; }
    }

    /// <exception cref="SyncNotReadyException">The objects have not been found or made yet.</exception>
    public string Service
    {
        get { lock (_lock) return _service ?? throw new SyncNotReadyException(_problem); }
    }

    /// <summary>Waits until the objects are there.</summary>
    public async Task<string> WhenReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_service is { } service) return service;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>Waits until the objects are gone.</summary>
    internal async Task WhenLostAsync(CancellationToken cancellation)
    {
        Task changed;
        lock (_lock) changed = _service is null ? Task.CompletedTask : _changed.Task;
        await changed.WaitAsync(cancellation);
    }

    internal void Ready(string service) => Change(service, null);

    internal void NotReady(string problem) => Change(null, problem);

    /// <summary>Sync says that this service does not exist. Throw what it returns.</summary>
    internal SyncNotReadyException Lost(string service)
    {
        lock (_lock)
        {
            // By now another one may have been found or made.
            if (_service == service) Change(null, $"The Sync service {service} has been deleted");
            return new(_problem);
        }
    }

    private void Change(string? service, string? problem)
    {
        lock (_lock)
        {
            (_service, _problem) = (service, problem);
            _changed.SetResult();
            _changed = NewChange();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Sync has not been reached since the start, or AgentPay's objects there are gone, so nothing can be stored.</summary>
public sealed class SyncNotReadyException(string? problem)
    : ServiceUnavailableException(problem ?? "Twilio Sync has not been reached yet");
