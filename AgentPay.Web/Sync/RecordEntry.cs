namespace AgentPay.Web.Sync;

// The local copy of one record. All members except WriteLock are used under Lock.
// With mustRead, the record is read before its first write.
internal sealed class RecordEntry<T>(bool mustRead)
    where T : class
{
    public Lock Lock { get; } = new();

    // Held while a change is read, applied and written.
    public SemaphoreSlim WriteLock { get; } = new(1);

    // The number of changes that hold WriteLock or wait for it.
    public int Users { get; set; }

    public bool IsRemoved { get; set; }

    // The record as it was last read or written; null when it did not exist or was never read. Its data are null when unreadable.
    public Stored<T?>? Stored { get; private set; }

    // True when the record in Sync may differ from Stored, for example after a failed write.
    public bool MustRead { get; set; } = mustRead;

    // The order of the reads and writes that set Stored. A read counts from its start, a write from its end.
    public long Sequence { get; private set; }

    // When Stored was read or written, UTC.
    public DateTimeOffset StoredAt { get; private set; }

    // In the order in which they are applied to Stored.
    public List<UnstoredChange<T>> Unstored { get; } = [];

    // Stored with all unstored changes applied. Screens show this record.
    public T? View { get; set; }

    public bool IsDirty => Unstored.Exists(change => change.IsDue);

    // True when the record must be read before it can be changed.
    public bool IsUnknown => MustRead && Stored is null && View is null;

    public bool IsEmpty => Users == 0 && Stored is null && View is null && Unstored.Count == 0;

    public void SetStored(Stored<T?>? stored, long sequence, DateTimeOffset at) =>
        (Stored, MustRead, Sequence, StoredAt) = (stored, false, sequence, at);

    // Called when Sync still has the known revision. Keeps MustRead: a write that seemed to fail may still take effect.
    public void Confirm(long sequence, DateTimeOffset at) => (Sequence, StoredAt) = (sequence, at);
}
