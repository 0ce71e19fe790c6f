namespace AgentPay.Web.Sandbox.Sync;

/// <summary>An item of a map under its key, or of a list under its index as a <see cref="NumberedKey"/>.</summary>
public sealed record SyncItem(string Key, State State) : IListed
{
    public long Index => NumberedKey.Read(Key);

    public bool IsLive(DateTimeOffset now) => State.IsLive(now);
}

/// <summary>The items of a map or a list.</summary>
public sealed class SyncItems(SyncObject parent)
{
    private readonly Ordered<SyncItem> _items = new();
    private long _nextIndex;

    /// <summary>Null when the item, or its parent, is gone.</summary>
    public SyncItem? Find(string key, DateTimeOffset now)
    {
        lock (parent.Gate) return FindLive(key, now);
    }

    /// <summary>Null when the parent is gone.</summary>
    /// <param name="key">Null takes the next index of a list.</param>
    public SyncItem? Create(string? key, Change change, SyncWrite write)
    {
        lock (parent.Gate)
        {
            if (!parent.IsLive(write.At)) return null;
            if (key is not null && FindLive(key, write.At) is not null)
                throw new Refusal(409, 54208, "An Item with given key already exists in the Map");
            return Put(new(key ?? NumberedKey.Of(_nextIndex++), State.New(change, write)), "added", change, write);
        }
    }

    /// <inheritdoc cref="Find"/>
    public SyncItem? Update(string key, Change change, SyncWrite write)
    {
        lock (parent.Gate)
        {
            if (FindLive(key, write.At) is not { } item) return null;
            write.Expect(item.State.Revision, parent.Kind.RevisionMismatch);
            return Put(item with { State = item.State.Next(change, write.At) }, "updated", change, write);
        }
    }

    /// <summary>False when the item, or its parent, is gone.</summary>
    public bool Remove(string key, SyncWrite write)
    {
        lock (parent.Gate)
        {
            if (FindLive(key, write.At) is not { } item) return false;
            write.Expect(item.State.Revision, parent.Kind.RevisionMismatch);
            _items.Remove(key);
            parent.Service.Webhooks.Publish(parent, item, "removed", write);
            return true;
        }
    }

    public Page<SyncItem> Read(PageQuery query, DateTimeOffset now)
    {
        lock (parent.Gate) return _items.Read(query, now);
    }

    public void DropExpired(DateTimeOffset now)
    {
        lock (parent.Gate) _items.DropExpired(now);
    }

    private SyncItem? FindLive(string key, DateTimeOffset now) =>
        parent.IsLive(now) && _items.Find(key) is { } item && item.IsLive(now) ? item : null;

    private SyncItem Put(SyncItem item, string happened, Change change, SyncWrite write)
    {
        _items.Put(item);
        if (change.CollectionTtl is { } ttl) parent.ResetExpiry(ttl, write.At);
        parent.Service.Webhooks.Publish(parent, item, happened, write);
        return item;
    }
}
