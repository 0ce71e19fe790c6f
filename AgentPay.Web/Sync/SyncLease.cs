namespace AgentPay.Web.Sync;

/// <summary>The content of a lease's document. Each instance writes its own, so that a write can be recognised.</summary>
public sealed record LeaseTurn(Guid Instance, int Turn);

/// <summary>
/// Gives a task that all instances repeat to one of them at a time. Each instance asks once in every interval. The one that has the task
/// renews a document in Sync; another one takes over when the document has not changed since it asked last. No clocks are compared, so
/// when an instance stops, another takes over at its second request at the latest.
/// </summary>
public sealed class SyncLease(DocumentStore<LeaseTurn> documents, string document)
{
    private readonly Guid _instance = Guid.NewGuid();
    private string? _revision;
    private bool _isMine;
    private int _turn;

    /// <summary>
    /// Returns true if this instance has to do the task now. The first request always succeeds, because instances start when another has
    /// stopped. Two instances may both be told so after a delay, so the task must tolerate that. Costs one write for the instance that has
    /// the task, and one read for each of the others.
    /// </summary>
    public async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        var turn = new LeaseTurn(_instance, ++_turn);
        if (_isMine && await WriteAsync(turn, _revision!, cancellation)) return true;
        _isMine = false;
        var known = _revision;
        var current = await documents.FetchAsync(document, cancellation)
            ?? await documents.CreateAsync(document, turn, TimeSpan.Zero, cancellation);
        _revision = current.Revision;
        if (current.Data == turn) return _isMine = true;
        // Also after a write of this instance whose answer was lost.
        var isFree = known is null || known == current.Revision || current.Data.Instance == _instance;
        return isFree && await WriteAsync(turn, current.Revision, cancellation);
    }

    private async Task<bool> WriteAsync(LeaseTurn turn, string revision, CancellationToken cancellation)
    {
        var written = await documents.UpdateAsync(document, turn, revision, ttl: null, SyncUrgency.Normal, cancellation);
        if (written is null) return false;
        (_revision, _isMine) = (written.Revision, true);
        return true;
    }
}
