using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

// The two write policies and the storing of changes.
public abstract partial class RecordStore<TKey, T>
{
    // The number of write conflicts in a row after which a change fails.
    private const int MaxRounds = 16;

    /// <summary>
    /// Write first: applies the change and returns after Sync has stored the result. Costs one write, and no read if this instance has the
    /// latest revision. Once started, the change runs to completion even if the caller disconnects.
    /// </summary>
    /// <param name="change">
    /// A pure function. It is applied again after a write conflict. A result that equals its argument is not written.
    /// </param>
    /// <param name="confirms">True to read the record again before concluding that the change does not apply.</param>
    /// <returns>Null when the record does not exist and the change does not create it.</returns>
    public Task<RecordChange<T>?> ChangeAsync(TKey key, Func<T?, T?> change, bool confirms, CancellationToken cancellation) =>
        WithWriteLockAsync(key, entry => ChangeLockedAsync(key, entry, change, confirms), cancellation);

    /// <summary>
    /// Answer first: shows the change at once and stores it in the background. Refuses it, so that it is neither shown nor stored, when too
    /// many changes of the record wait or the outbox is full.
    /// </summary>
    /// <param name="change">A pure and idempotent function.</param>
    public AcceptedChange<T> Accept(TKey key, Func<T?, T?> change) => With(key, entry =>
    {
        var before = entry.View;
        var after = entry.IsUnknown ? null : change(before);
        if (!entry.IsUnknown && Equals(after, before)) return Repeated(key, entry);
        var accepted = new UnstoredChange<T>(change, isDue: before is null || after is null || MustBeStored(before, after));
        if (after is not null) after = Number(after, before, entry.Stored?.Data, accepted.IsDue || entry.IsDirty);
        if (!accepted.IsDue)
        {
            ShowOnly(key, entry, accepted, after!);
            accepted.Settle(isStored: true);
        }
        else if (entry.Unstored.Count < MaxUnstored && EnqueueStore(key, after))
        {
            // While the record cannot be read, only the newest changes are kept.
            if (entry.IsUnknown && entry.Unstored.Count == MaxShown) DropOldest(entry);
            entry.Unstored.Add(accepted);
            Show(key, entry, after);
        }
        else
        {
            accepted.Settle(isStored: false);
        }
        return new(before, after, accepted.Tried, accepted.Stored);
    });

    /// <summary>Stores the changes that so far are only shown. If that fails, they remain shown.</summary>
    public Task StoreShownAsync(TKey key, CancellationToken cancellation) => WithWriteLockAsync(key, async entry =>
    {
        List<UnstoredChange<T>> shown;
        lock (entry.Lock)
        {
            shown = entry.Unstored.FindAll(change => !change.IsDue);
            foreach (var change in shown) change.IsDue = true;
            Show(key, entry, ViewWithUnstored(entry));
        }
        try
        {
            await StoreLockedAsync(key, entry, CancellationToken.None, storesAll: true);
            return true;
        }
        catch
        {
            lock (entry.Lock) shown.ForEach(change => change.IsDue = false);
            throw;
        }
    }, cancellation);

    /// <summary>Creates the record. Returns after Sync has stored it.</summary>
    public Task<T> CreateAsync(TKey key, T record, CancellationToken cancellation) => WithWriteLockAsync(key, async entry =>
    {
        var written = await WriteAsync(key, record, over: null, cancellation) ?? throw TooManyConflicts();
        lock (entry.Lock)
        {
            SetWritten(key, entry, written);
            return entry.View!;
        }
    }, cancellation);

    private static void DropOldest(RecordEntry<T> entry)
    {
        entry.Unstored[0].Settle(isStored: false);
        entry.Unstored.RemoveAt(0);
    }

    // The change is already shown, so it is stored together with the changes before it.
    private AcceptedChange<T> Repeated(TKey key, RecordEntry<T> entry)
    {
        var (view, waiting) = (entry.View, entry.Unstored.LastOrDefault(change => change.IsDue));
        if (waiting is null) return new(view, view, Task.FromResult(true), Task.FromResult(true));
        EnqueueStore(key, view);
        return new(view, view, waiting.Tried, waiting.Stored);
    }

    private bool EnqueueStore(TKey key, T? view) => outbox.Enqueue(OutboxKeyOf(key), new(abandoned => StoreAsync(key, abandoned))
    {
        Name = "Storing " + LogNameOf(key, view),
        Lifetime = Lifetime,
        MaxQueued = MaxQueued,
        GivenUp = () => GiveUp(key),
    });

    private Task<bool> StoreAsync(TKey key, CancellationToken abandoned) => WithWriteLockAsync(key, async entry =>
    {
        try
        {
            await StoreLockedAsync(key, entry, abandoned);
            return true;
        }
        catch
        {
            foreach (var change in Snapshot(entry).Unstored) change.Fail();
            throw;
        }
    }, abandoned);

    private void GiveUp(TKey key) => With(key, entry =>
    {
        var given = entry.Unstored.Where(change => change.IsDue).ToList();
        entry.Unstored.RemoveAll(given.Contains);
        Show(key, entry, ViewWithUnstored(entry));
        foreach (var change in given) change.Settle(isStored: false);
        return given.Count;
    });

    private async Task<RecordChange<T>?> ChangeLockedAsync(TKey key, RecordEntry<T> entry, Func<T?, T?> change, bool confirms)
    {
        var (isFresh, isConfirming) = (false, false);
        for (var round = 0; round < MaxRounds; round++)
        {
            if (entry.MustRead || isConfirming)
            {
                await ReadEntryAsync(key, entry, CancellationToken.None);
                (isFresh, isConfirming) = (true, false);
            }
            var (stored, before, unstored) = Snapshot(entry);
            var after = change(before);
            if (after is null || Equals(after, before))
            {
                isConfirming = before is not null && confirms && !isFresh;
                if (isConfirming) continue;
                return before is null ? null : new(before, before);
            }
            var isDue = before is null || MustBeStored(before, after);
            after = Number(after, before, stored?.Data, isDue || unstored.Exists(other => other.IsDue));
            var isDone = isDue ? await TryWriteAsync(key, entry, stored, after, unstored) : TryShow(key, entry, before!, after, change);
            if (isDone) return new(before, after);
        }
        throw TooManyConflicts();
    }

    // With storesAll, also stores changes that are otherwise only shown.
    private async Task StoreLockedAsync(TKey key, RecordEntry<T> entry, CancellationToken cancellation, bool storesAll = false)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (entry.MustRead) await ReadEntryAsync(key, entry, cancellation);
            var (stored, view, unstored) = Snapshot(entry);
            if (!unstored.Exists(change => change.IsDue)) return;
            var isStored = view is null || Equals(view, stored?.Data);
            if (isStored || (!storesAll && stored?.Data is { } data && !MustBeStored(data, view!)))
            {
                Settle(key, entry, unstored, isShown: !isStored);
                return;
            }
            if (await WriteOverAsync(key, entry, stored, view!, unstored, cancellation)) return;
        }
        throw TooManyConflicts();
    }

    // After a failure, the write may still have taken effect, so the record must be read.
    private async Task<bool> TryWriteAsync(TKey key, RecordEntry<T> entry, Stored<T?>? over, T next, List<UnstoredChange<T>> unstored)
    {
        try
        {
            return await WriteOverAsync(key, entry, over, next, unstored, CancellationToken.None);
        }
        catch
        {
            lock (entry.Lock) entry.MustRead = true;
            throw;
        }
    }

    // Returns false on a write conflict.
    private async Task<bool> WriteOverAsync(
        TKey key, RecordEntry<T> entry, Stored<T?>? over, T next, List<UnstoredChange<T>> unstored, CancellationToken cancellation)
    {
        var written = await WriteAsync(key, next, over, cancellation);
        if (written is null)
        {
            lock (entry.Lock) entry.MustRead = true;
            return false;
        }
        try
        {
            lock (entry.Lock)
            {
                entry.Unstored.RemoveAll(unstored.Contains);
                SetWritten(key, entry, written, () => OnStored(over?.Data, next));
            }
        }
        finally
        {
            foreach (var change in unstored) change.Settle(isStored: true);
        }
        return true;
    }

    // Returns false if the record has changed in the meantime.
    private bool TryShow(TKey key, RecordEntry<T> entry, T before, T after, Func<T?, T?> change)
    {
        lock (entry.Lock)
        {
            if (!ReferenceEquals(entry.View, before)) return false;
            ShowOnly(key, entry, new(change, isDue: false), after);
            return true;
        }
    }

    // With isShown, the changes are still shown, because another write has stored the part that had to be stored.
    private void Settle(TKey key, RecordEntry<T> entry, List<UnstoredChange<T>> unstored, bool isShown = false)
    {
        lock (entry.Lock)
        {
            if (isShown) unstored.ForEach(change => change.IsDue = false);
            else entry.Unstored.RemoveAll(unstored.Contains);
            // Sync has the change. This instance may have written it without receiving the answer, so the required work is queued here too.
            if (entry.Stored?.Data is { } stored) OnStored(stored, stored);
            Show(key, entry, ViewWithUnstored(entry));
        }
        foreach (var change in unstored) change.Settle(isStored: true);
    }

    private static TwilioException TooManyConflicts() =>
        new($"Writing a {typeof(T).Name} failed because of {MaxRounds} conflicts in a row")
        {
            Status = HttpStatusCode.PreconditionFailed,
        };
}
