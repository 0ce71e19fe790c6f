namespace AgentPay.Web.TwilioApi;

/// <summary>What a name, key or identity must be to stand in the path of a URL.</summary>
internal static class PathSegment
{
    /// <exception cref="ArgumentException">It is empty, <c>.</c>, <c>..</c> or contains a slash.</exception>
    // A slash addresses another resource, even when escaped. Dots alone are resolved away before the request leaves,
    // so that the address of an item would become that of its map.
    public static string Require(string? name) => name is null or "" or "." or ".." || name.Contains('/')
        ? throw new ArgumentException("A name, key or identity must not be empty, '.' or '..', and must not contain '/'.", nameof(name))
        : name;
}
