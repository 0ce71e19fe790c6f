namespace AgentPay.Web.Sandbox.Sync;

// A position in a list. An entry with this key need not exist.
public readonly record struct ListPosition(string Key, bool Inclusive);

// The requested page. Pages are located by the key before or after them, so inserts and removals on earlier pages do not shift them.
// From is the start of the whole list (null: from its beginning). After is the last key of the previous page.
// Before is the first key of the next page, when paging backwards.
public sealed record PageQuery(int Size, int Number, ListPosition? From, bool Descending, string? After, string? Before)
{
    public bool Contains(string key)
    {
        if (From is not { } from) return true;
        var distance = string.CompareOrdinal(key, from.Key);
        return distance == 0 ? from.Inclusive : distance > 0 != Descending;
    }
}

public sealed record Page<T>(IReadOnlyList<T> Entries, bool HasPrevious, bool HasNext);
