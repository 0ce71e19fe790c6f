namespace AgentPay.Web.Sandbox.Sync;

/// <summary>A place in a list, whether or not something stands there.</summary>
public readonly record struct Position(string Key, bool Inclusive);

/// <summary>Which page is asked for: what follows (or, going back, precedes) a key, so that a page is not shifted by what comes and goes before it.</summary>
/// <param name="From">Where the whole list begins, in its direction; null for all of it.</param>
/// <param name="After">Last key of the page before; null on the first page and when going back.</param>
/// <param name="Before">First key of the page after, when going back.</param>
public sealed record PageQuery(int Size, int Number, Position? From, bool Descending, string? After, string? Before)
{
    public bool Contains(string key)
    {
        if (From is not { } from) return true;
        var distance = string.CompareOrdinal(key, from.Key);
        return distance == 0 ? from.Inclusive : distance > 0 != Descending;
    }
}

public sealed record Page<T>(IReadOnlyList<T> Entries, bool HasPrevious, bool HasNext);
