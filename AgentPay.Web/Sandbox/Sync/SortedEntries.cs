namespace AgentPay.Web.Sandbox.Sync;

// Entries sorted by key (ordinal) and read in pages. Not thread-safe: the owner must hold its lock.
public sealed class SortedEntries<T> where T : class, IListEntry
{
    private SortedList<string, T> _byKey = new(StringComparer.Ordinal);

    public IEnumerable<T> All => _byKey.Values;

    public T? Find(string key) => _byKey.GetValueOrDefault(key);

    public void Put(T entry) => _byKey[entry.Key] = entry;

    public bool Remove(string key) => _byKey.Remove(key);

    public Page<T> Read(PageQuery query, DateTimeOffset now)
    {
        var goesBack = query.Before is not null;
        var start = (query.Before ?? query.After) is { } key ? new ListPosition(key, false) : query.From;
        var found = Enumerate(start, query.Descending ^ goesBack)
            .Where(e => e.IsLive(now))
            .TakeWhile(e => query.Contains(e.Key))
            .Take(query.Size);
        List<T> entries = [.. goesBack ? found.Reverse() : found];
        if (entries.Count == 0) return new(entries, false, false);
        var previous = Enumerate(new(entries[0].Key, false), !query.Descending).FirstOrDefault(e => e.IsLive(now));
        var next = Enumerate(new(entries[^1].Key, false), query.Descending).FirstOrDefault(e => e.IsLive(now));
        return new(entries, previous is not null && query.Contains(previous.Key), next is not null);
    }

    // Rebuilds the list, because removing entries one by one shifts the rest each time.
    public void RemoveExpired(DateTimeOffset now)
    {
        if (_byKey.Values.All(e => e.IsLive(now))) return;
        var live = new SortedList<string, T>(StringComparer.Ordinal);
        foreach (var entry in _byKey.Values.Where(e => e.IsLive(now))) live.Add(entry.Key, entry);
        _byKey = live;
    }

    private IEnumerable<T> Enumerate(ListPosition? from, bool descending)
    {
        var step = descending ? -1 : 1;
        for (var at = StartIndex(from, descending); at >= 0 && at < _byKey.Count; at += step) yield return _byKey.GetValueAtIndex(at);
    }

    private int StartIndex(ListPosition? from, bool descending)
    {
        if (from is not { } position) return descending ? _byKey.Count - 1 : 0;
        var at = LowerBound(position.Key);
        var isThere = at < _byKey.Count && _byKey.GetKeyAtIndex(at) == position.Key;
        if (isThere && position.Inclusive) return at;
        if (descending) return at - 1;
        return isThere ? at + 1 : at;
    }

    private int LowerBound(string key)
    {
        var (low, high) = (0, _byKey.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_byKey.GetKeyAtIndex(middle), key) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
