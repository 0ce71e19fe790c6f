namespace AgentPay.Web.Sync;

/// <summary>A record before and after a change.</summary>
public sealed record RecordChange<T>(T? Before, T After)
    where T : class
{
    /// <summary>False when the change did not apply, or had been made already.</summary>
    public bool HasChanged { get; } = !Equals(Before, After);
}

/// <summary>A change that this instance shows and that Sync may not hold yet.</summary>
/// <param name="Before">Null when there was no record, or when it could not be read.</param>
/// <param name="After">Null when there is no record, or when it could not be read.</param>
/// <param name="Tried">Ends with the first try to store it: true when Sync holds the change.</param>
/// <param name="Stored">Ends with true when Sync holds the change, and with false when it was given up.</param>
public sealed record AcceptedChange<T>(T? Before, T? After, Task<bool> Tried, Task<bool> Stored)
    where T : class
{
    public bool HasChanged { get; } = !Equals(Before, After);
}

/// <summary>A change that is part of the local copy and not of the record in Sync.</summary>
internal sealed class UnstoredChange<T>(Func<T?, T?> apply, bool isDue)
    where T : class
{
    private readonly TaskCompletionSource<bool> _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<T?, T?> Apply => apply;

    /// <summary>False while it is only shown.</summary>
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
