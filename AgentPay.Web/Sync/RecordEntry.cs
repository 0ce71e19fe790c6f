namespace AgentPay.Web.Sync;

/// <summary>The local copy of one record. Everything except <see cref="Turn"/> is used under <see cref="Lock"/>.</summary>
/// <param name="mustRead">Whether the record is read before it is written for the first time.</param>
internal sealed class RecordEntry<T>(bool mustRead)
    where T : class
{
    public Lock Lock { get; } = new();

    /// <summary>Held while a change reads, applies and writes the record.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>How many changes hold the turn or wait for it.</summary>
    public int Users { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>As Sync had it last; null when it was not there, or was never read. Its data are null when they are not readable.</summary>
    public Stored<T?>? Stored { get; private set; }

    /// <summary>Whether Sync may hold something else, after a write that failed.</summary>
    public bool MustRead { get; set; } = mustRead;

    /// <summary>Orders the reads, by their start, and the writes, by their end, that set <see cref="Stored"/>.</summary>
    public long Sequence { get; private set; }

    /// <summary>When <see cref="Stored"/> was read or written, UTC.</summary>
    public DateTimeOffset StoredAt { get; private set; }

    /// <summary>In the order in which they are applied to <see cref="Stored"/>.</summary>
    public List<UnstoredChange<T>> Unstored { get; } = [];

    /// <summary><see cref="Stored"/> with all unstored changes applied: what is shown.</summary>
    public T? View { get; set; }

    public bool IsDirty => Unstored.Exists(change => change.IsDue);

    /// <summary>The record must be read before it can be changed.</summary>
    public bool IsUnknown => MustRead && Stored is null && View is null;

    public bool IsEmpty => Users == 0 && Stored is null && View is null && Unstored.Count == 0;

    public void SetStored(Stored<T?>? stored, long sequence, DateTimeOffset at) =>
        (Stored, MustRead, Sequence, StoredAt) = (stored, false, sequence, at);

    /// <summary>Notes that Sync still holds the known revision. After a failed write it may hold another one soon.</summary>
    public void Confirm(long sequence, DateTimeOffset at) => (Sequence, StoredAt) = (sequence, at);
}
