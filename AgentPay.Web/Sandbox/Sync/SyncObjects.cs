namespace AgentPay.Web.Sandbox.Sync;

// The documents, lists, maps or streams of one service, by SID and by unique name.
public sealed class SyncObjects(SyncService service, ObjectKind kind)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SyncObject> _bySid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyncObject> _byName = new(StringComparer.Ordinal);
    private readonly SortedEntries<SyncObject> _asCreated = new();
    private long _created;

    public SyncObject? Find(string sidOrName, DateTimeOffset now)
    {
        lock (_lock)
        {
            var found = _bySid.GetValueOrDefault(sidOrName) ?? _byName.GetValueOrDefault(sidOrName);
            return found?.IsLive(now) == true ? found : null;
        }
    }

    public SyncObject Create(ObjectName name, SyncChange change, SyncWrite write)
    {
        lock (_lock)
        {
            if (name.Unique is not null && _byName.TryGetValue(name.Unique, out var other)) ReleaseName(other, write.At);
            var created = new SyncObject(service, kind, NumberedKey.Of(_created++), name, State.New(change, write));
            if (!write.By.IsAccount) created.Permissions.Set(new(write.By.Identity, true, true, true));
            _bySid.Add(created.Sid, created);
            if (name.Unique is not null) _byName.Add(name.Unique, created);
            _asCreated.Put(created);
            service.Webhooks.Publish(created, "created", write);
            return created;
        }
    }

    public bool Remove(SyncObject removed, SyncWrite write)
    {
        if (!removed.Remove(write)) return false;
        lock (_lock) RemoveEntries(removed);
        return true;
    }

    public Page<SyncObject> Read(PageQuery query, DateTimeOffset now)
    {
        lock (_lock) return _asCreated.Read(query, now);
    }

    public void RemoveExpired(DateTimeOffset now)
    {
        SyncObject[] all;
        lock (_lock)
        {
            all = [.. _asCreated.All];
            _asCreated.RemoveExpired(now);
            foreach (var expired in all.Where(o => !o.IsLive(now))) RemoveNames(expired);
        }
        foreach (var live in all) live.Items.RemoveExpired(now);
    }

    private void ReleaseName(SyncObject other, DateTimeOffset now)
    {
        if (other.IsLive(now)) throw new ApiError(409, 54301, "Unique name already exists");
        RemoveEntries(other);
    }

    private void RemoveEntries(SyncObject removed)
    {
        _asCreated.Remove(removed.Key);
        RemoveNames(removed);
    }

    // A newer object may already use the unique name.
    private void RemoveNames(SyncObject removed)
    {
        _bySid.Remove(removed.Sid);
        if (removed.Name.Unique is { } name && _byName.GetValueOrDefault(name) == removed) _byName.Remove(name);
    }
}
