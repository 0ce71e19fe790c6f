namespace AgentPay.Web.Sync;

/// <summary>
/// Holds the SID of the Sync service in use. It is set when <see cref="SyncProvisioning"/> has set up Sync, and cleared when the service
/// was deleted.
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

    /// <summary>Text for people that says why Sync is not ready; null when it is ready or setup has not failed yet.</summary>
    public string? Problem
    {
        get { lock (_lock) return _problem; }
    }

    /// <exception cref="SyncNotReadyException">Sync has not been set up yet.</exception>
    public string Service
    {
        get { lock (_lock) return _service ?? throw new SyncNotReadyException(_problem); }
    }

    /// <summary>Waits until Sync has been set up. Returns the SID of the service.</summary>
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

    // Waits until the service was deleted or is not set up.
    internal async Task WhenLostAsync(CancellationToken cancellation)
    {
        Task changed;
        lock (_lock) changed = _service is null ? Task.CompletedTask : _changed.Task;
        await changed.WaitAsync(cancellation);
    }

    internal void Ready(string service) => Change(service, null);

    internal void NotReady(string problem) => Change(null, problem);

    // Records that Sync answered 404 for this service. Returns the exception to throw.
    internal SyncNotReadyException Lost(string service)
    {
        lock (_lock)
        {
            // Another service may have been set up in the meantime.
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

/// <summary>Thrown when Sync has not been set up since the start or AgentPay's service was deleted. Nothing can be stored then.</summary>
public sealed class SyncNotReadyException(string? problem)
    : ServiceUnavailableException(problem ?? "Twilio Sync has not been reached yet");
