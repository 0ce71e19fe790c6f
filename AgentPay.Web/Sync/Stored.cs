namespace AgentPay.Web.Sync;

/// <summary>Something that is kept in Sync, at one revision of it.</summary>
/// <param name="Expires">UTC; null when it stays for ever.</param>
public sealed record Stored<T>(string Key, T Data, string Revision, DateTimeOffset? Expires)
{
    /// <summary>When it was written last, UTC.</summary>
    public DateTimeOffset Updated { get; init; }
}
