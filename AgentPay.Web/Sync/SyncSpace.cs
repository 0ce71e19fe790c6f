using AgentPay.Web.Twilio;

namespace AgentPay.Web.Sync;

/// <summary>Where AgentPay's objects are: known once <see cref="SyncProvisioning"/> has found or made them.</summary>
public sealed class SyncSpace
{
    private readonly TaskCompletionSource<SyncServiceSid> _service = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => _service.Task.IsCompletedSuccessfully;

    /// <summary>Why it is not ready yet, for people; null when it is, or when nothing has gone wrong so far.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="SyncNotReadyException">The objects have not been found or made yet.</exception>
    public SyncServiceSid Service => IsReady ? _service.Task.Result : throw new SyncNotReadyException(Problem);

    /// <summary>Waits until the objects are there.</summary>
    public Task<SyncServiceSid> WhenReadyAsync(CancellationToken cancellation) => _service.Task.WaitAsync(cancellation);

    internal void Ready(SyncServiceSid service)
    {
        Problem = null;
        _service.TrySetResult(service);
    }

    internal void NotReady(string problem) => Problem = problem;
}

/// <summary>Sync has not been reached since the start, so nothing can be stored yet.</summary>
public sealed class SyncNotReadyException(string? problem) : Exception(problem ?? "Twilio Sync has not been reached yet");
