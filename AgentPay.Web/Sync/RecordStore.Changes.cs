using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>The two write policies, and how a change reaches Sync.</summary>
public abstract partial class RecordStore<TKey, T>
{
    /// <summary>How often in a row other instances may be first before that is an error.</summary>
    private const int MaxRounds = 16;

    /// <summary>
    /// Write first: applies the change to the record and returns when Sync holds the result. Costs one write, and no read when this
    /// instance knows the latest revision. Once started, it runs to completion even if the caller disconnects.
    /// </summary>
    /// <param name="change">
    /// Pure. It is applied again when another instance was first. A result that equals its argument is not written.
    /// </param>
    /// <param name="confirms">Whether the record is read again before the change is found not to apply.</param>
    /// <returns>Null when there is no such record and the change makes none.</returns>
    public Task<RecordChange<T>?> ChangeAsync(TKey key, Func<T?, T?> change, bool confirms, CancellationToken cancellation) =>
        InTurnAsync(key, entry => ChangeInTurnAsync(key, entry, change, confirms), cancellation);

    /// <summary>Answer first: shows the change at once and stores it as soon as Sync takes it.</summary>
    /// <param name="change">Pure, and harmless when applied again.</param>
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
        else if (EnqueueStore(key, after))
        {
            // Of a record that cannot be read, the newest changes are kept.
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

    /// <summary>Stores what has only been shown so far. After a failure it is only shown again.</summary>
    public Task StoreShownAsync(TKey key, CancellationToken cancellation) => InTurnAsync(key, async entry =>
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
            await StoreInTurnAsync(key, entry, CancellationToken.None, storesAll: true);
            return true;
        }
        catch
        {
            lock (entry.Lock) shown.ForEach(change => change.IsDue = false);
            throw;
        }
    }, cancellation);

    /// <summary>Creates the record and returns when Sync holds it.</summary>
    public Task<T> CreateAsync(TKey key, T record, CancellationToken cancellation) => InTurnAsync(key, async entry =>
    {
        var written = await WriteAsync(key, record, over: null, cancellation) ?? throw Overtaken();
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

    /// <summary>A change that is shown already: it is stored when those before it are.</summary>
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
        GivenUp = () => GiveUp(key),
    });

    /// <summary>One try to store what is due.</summary>
    private Task<bool> StoreAsync(TKey key, CancellationToken abandoned) => InTurnAsync(key, async entry =>
    {
        try
        {
            await StoreInTurnAsync(key, entry, abandoned);
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

    private async Task<RecordChange<T>?> ChangeInTurnAsync(TKey key, RecordEntry<T> entry, Func<T?, T?> change, bool confirms)
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
        throw Overtaken();
    }

    /// <param name="storesAll">Whether to store also what is otherwise only shown.</param>
    private async Task StoreInTurnAsync(TKey key, RecordEntry<T> entry, CancellationToken cancellation, bool storesAll = false)
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
        throw Overtaken();
    }

    /// <summary>After a failure, only Sync knows whether the write holds.</summary>
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

    /// <returns>False when another instance was first.</returns>
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

    /// <returns>False when the record has changed meanwhile.</returns>
    private bool TryShow(TKey key, RecordEntry<T> entry, T before, T after, Func<T?, T?> change)
    {
        lock (entry.Lock)
        {
            if (!ReferenceEquals(entry.View, before)) return false;
            ShowOnly(key, entry, new(change, isDue: false), after);
            return true;
        }
    }

    /// <param name="isShown">Whether the changes go on being shown: another write has stored what had to be stored of them.</param>
    private void Settle(TKey key, RecordEntry<T> entry, List<UnstoredChange<T>> unstored, bool isShown = false)
    {
        lock (entry.Lock)
        {
            if (isShown) unstored.ForEach(change => change.IsDue = false);
            else entry.Unstored.RemoveAll(unstored.Contains);
            // Sync holds the change, but whether this instance has written it is not known: an answer may have been lost.
            if (entry.Stored?.Data is { } stored) OnStored(stored, stored);
            Show(key, entry, ViewWithUnstored(entry));
        }
        foreach (var change in unstored) change.Settle(isStored: true);
    }

    private static TwilioException Overtaken() => new($"Other instances were first with a {typeof(T).Name} {MaxRounds} times in a row")
    {
        Status = HttpStatusCode.PreconditionFailed,
    };
}
