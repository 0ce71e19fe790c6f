namespace AgentPay.Web.TwilioApi;

/// <summary>Names, keys and identities in the path of a URL.</summary>
internal static class PathSegment
{
    /// <summary>Escapes a value for the SDK, which inserts it into a path unchanged.</summary>
    /// <exception cref="ArgumentException">The value is empty, <c>.</c>, <c>..</c> or contains a slash.</exception>
    public static string Escape(string? name) => Uri.EscapeDataString(Require(name));

    /// <summary>Returns the value if a path can hold it.</summary>
    /// <inheritdoc cref="Escape" path="/exception"/>
    // A slash, even escaped, addresses another resource. Dot segments are removed before the request is sent: the URL of an item would
    // become the URL of its map.
    public static string Require(string? name) => name is null or "" or "." or ".." || name.Contains('/')
        ? throw new ArgumentException("A name, key or identity must not be empty, '.' or '..', and must not contain '/'.", nameof(name))
        : name;
}
