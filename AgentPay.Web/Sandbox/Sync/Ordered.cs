namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Entries in the ordinal order of their keys, read page by page. Not thread-safe: its owner locks.</summary>
public sealed class Ordered<T> where T : class, IListed
{
    private SortedList<string, T> _byKey = new(StringComparer.Ordinal);

    public IEnumerable<T> All => _byKey.Values;

    public T? Find(string key) => _byKey.GetValueOrDefault(key);

    public void Put(T entry) => _byKey[entry.Key] = entry;

    public bool Remove(string key) => _byKey.Remove(key);

    public Page<T> Read(PageQuery query, DateTimeOffset now)
    {
        var goesBack = query.Before is not null;
        var start = (query.Before ?? query.After) is { } key ? new Position(key, false) : query.From;
        var walk = Walk(start, query.Descending ^ goesBack).Where(e => e.IsLive(now)).TakeWhile(e => query.Contains(e.Key)).Take(query.Size);
        List<T> entries = [.. goesBack ? walk.Reverse() : walk];
        if (entries.Count == 0) return new(entries, false, false);
        var previous = Walk(new(entries[0].Key, false), !query.Descending).FirstOrDefault(e => e.IsLive(now));
        var next = Walk(new(entries[^1].Key, false), query.Descending).FirstOrDefault(e => e.IsLive(now));
        return new(entries, previous is not null && query.Contains(previous.Key), next is not null);
    }

    /// <summary>Drops what has expired: all at once, as removing one by one would move the rest each time.</summary>
    public void DropExpired(DateTimeOffset now)
    {
        if (_byKey.Values.All(e => e.IsLive(now))) return;
        var live = new SortedList<string, T>(StringComparer.Ordinal);
        foreach (var entry in _byKey.Values.Where(e => e.IsLive(now))) live.Add(entry.Key, entry);
        _byKey = live;
    }

    private IEnumerable<T> Walk(Position? from, bool descending)
    {
        var step = descending ? -1 : 1;
        for (var at = Start(from, descending); at >= 0 && at < _byKey.Count; at += step) yield return _byKey.GetValueAtIndex(at);
    }

    private int Start(Position? from, bool descending)
    {
        if (from is not { } position) return descending ? _byKey.Count - 1 : 0;
        var at = FirstNotBefore(position.Key);
        var isThere = at < _byKey.Count && _byKey.GetKeyAtIndex(at) == position.Key;
        if (isThere && position.Inclusive) return at;
        if (descending) return at - 1;
        return isThere ? at + 1 : at;
    }

    private int FirstNotBefore(string key)
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
