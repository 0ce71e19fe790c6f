namespace AgentPay.Web.Sync;

/// <summary>The local copy of one record. Used under <see cref="Lock"/>, but for <see cref="Turn"/>.</summary>
/// <param name="mustRead">Whether the record is read before it is written for the first time.</param>
internal sealed class RecordEntry<T>(bool mustRead)
    where T : class
{
    public Lock Lock { get; } = new();

    /// <summary>Held by the one who reads, changes and writes the record.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>How many hold the turn or wait for it.</summary>
    public int Users { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>As Sync had it last; null when it was not there, or was never read. Its data are null when they are not readable.</summary>
    public Stored<T?>? Stored { get; private set; }

    /// <summary>Whether Sync may hold something else, after a write that failed.</summary>
    public bool MustRead { get; set; } = mustRead;

    /// <summary>When the read began, or the write ended, that <see cref="Stored"/> comes from: a number that grows.</summary>
    public long Learnt { get; private set; }

    /// <summary>When <see cref="Stored"/> was read or written, UTC.</summary>
    public DateTimeOffset LearntAt { get; private set; }

    /// <summary>In the order in which they are applied to <see cref="Stored"/>.</summary>
    public List<UnstoredChange<T>> Unstored { get; } = [];

    /// <summary><see cref="Stored"/> with all that is unstored.</summary>
    public T? View { get; set; }

    public bool IsDirty => Unstored.Exists(change => change.IsDue);

    /// <summary>The record has never been read, and cannot be made.</summary>
    public bool IsUnknown => MustRead && Stored is null && View is null;

    public bool IsEmpty => Users == 0 && Stored is null && View is null && Unstored.Count == 0;

    public void Learn(Stored<T?>? stored, long number, DateTimeOffset at) =>
        (Stored, MustRead, Learnt, LearntAt) = (stored, false, number, at);

    /// <summary>Notes that Sync still holds the known revision. After a failed write it may hold another one soon.</summary>
    public void Confirm(long number, DateTimeOffset at) => (Learnt, LearntAt) = (number, at);
}
