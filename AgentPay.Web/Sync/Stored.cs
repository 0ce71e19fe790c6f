namespace AgentPay.Web.Sync;

/// <summary>One revision of an object in Sync.</summary>
/// <param name="Expires">UTC; null when the object does not expire.</param>
public sealed record Stored<T>(string Key, T Data, string Revision, DateTimeOffset? Expires)
{
    /// <summary>Time of the last write, UTC.</summary>
    public DateTimeOffset Updated { get; init; }
}
