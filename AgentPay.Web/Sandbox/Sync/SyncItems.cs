namespace AgentPay.Web.Sandbox.Sync;

// An item of a map with its key, or an item of a list with its index as a NumberedKey.
public sealed record SyncItem(string Key, State State) : IListEntry
{
    public long Index => NumberedKey.Read(Key);

    public bool IsLive(DateTimeOffset now) => State.IsLive(now);
}

public sealed class SyncItems(SyncObject parent)
{
    private readonly SortedEntries<SyncItem> _items = new();
    private long _nextIndex;

    // Returns null if the item or its parent does not exist.
    public SyncItem? Find(string key, DateTimeOffset now)
    {
        lock (parent.Lock) return FindLive(key, now);
    }

    // A null key appends to a list. Returns null if the parent does not exist.
    public SyncItem? Create(string? key, SyncChange change, SyncWrite write)
    {
        lock (parent.Lock)
        {
            if (!parent.IsLive(write.At)) return null;
            if (key is not null && FindLive(key, write.At) is not null)
                throw new ApiError(409, 54208, "An Item with given key already exists in the Map");
            return Put(new(key ?? NumberedKey.Of(_nextIndex++), State.New(change, write)), "added", change, write);
        }
    }

    public SyncItem? Update(string key, SyncChange change, SyncWrite write)
    {
        lock (parent.Lock)
        {
            if (FindLive(key, write.At) is not { } item) return null;
            write.CheckRevision(item.State.Revision, parent.Kind.RevisionMismatch);
            return Put(item with { State = item.State.Next(change, write.At) }, "updated", change, write);
        }
    }

    public bool Remove(string key, SyncWrite write)
    {
        lock (parent.Lock)
        {
            if (FindLive(key, write.At) is not { } item) return false;
            write.CheckRevision(item.State.Revision, parent.Kind.RevisionMismatch);
            _items.Remove(key);
            parent.Service.Webhooks.Publish(parent, item, "removed", write);
            return true;
        }
    }

    public Page<SyncItem> Read(PageQuery query, DateTimeOffset now)
    {
        lock (parent.Lock) return _items.Read(query, now);
    }

    public void RemoveExpired(DateTimeOffset now)
    {
        lock (parent.Lock) _items.RemoveExpired(now);
    }

    private SyncItem? FindLive(string key, DateTimeOffset now) =>
        parent.IsLive(now) && _items.Find(key) is { } item && item.IsLive(now) ? item : null;

    private SyncItem Put(SyncItem item, string eventName, SyncChange change, SyncWrite write)
    {
        _items.Put(item);
        if (change.CollectionTtl is { } ttl) parent.ResetExpiry(ttl, write.At);
        parent.Service.Webhooks.Publish(parent, item, eventName, write);
        return item;
    }
}
