namespace AgentPay.Web.Sync;

/// <summary>A record before and after a change.</summary>
public sealed record RecordChange<T>(T? Before, T After)
    where T : class
{
    /// <summary>False when the change did not apply or was made before.</summary>
    public bool HasChanged { get; } = !Equals(Before, After);
}

/// <summary>A change that this instance shows and that may not be stored in Sync yet.</summary>
/// <param name="Before">The record before the change; null when it did not exist or could not be read.</param>
/// <param name="After">The record after the change; null when it does not exist or could not be read.</param>
/// <param name="Tried">Completes after the first attempt to store the change, with true if it succeeded.</param>
/// <param name="Stored">Completes with true when Sync has stored the change, or with false when AgentPay stops retrying.</param>
public sealed record AcceptedChange<T>(T? Before, T? After, Task<bool> Tried, Task<bool> Stored)
    where T : class
{
    public bool HasChanged { get; } = !Equals(Before, After);
}

// A change that is applied to the local copy and is not stored in Sync yet.
internal sealed class UnstoredChange<T>(Func<T?, T?> apply, bool isDue)
    where T : class
{
    private readonly TaskCompletionSource<bool> _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<T?, T?> Apply => apply;

    // False for a change that is shown on this instance and need not be stored.
    public bool IsDue { get; set; } = isDue;

    public Task<bool> Tried => _tried.Task;

    public Task<bool> Stored => _stored.Task;

    public void Fail() => _tried.TrySetResult(false);

    public void Settle(bool isStored)
    {
        _tried.TrySetResult(isStored);
        _stored.TrySetResult(isStored);
    }
}
