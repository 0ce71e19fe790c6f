namespace AgentPay.Web.Calls;

/// <summary>A change that is true already, and is still to be stored.</summary>
internal sealed class LateRecord(CallChange change, DateTimeOffset since)
{
    private readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallChange Change => change;

    public DateTimeOffset Since => since;

    /// <summary>Ends with whether it was stored; false when it was given up.</summary>
    public Task<bool> Stored => _settled.Task;

    public void Settle(bool stored) => _settled.TrySetResult(stored);
}
