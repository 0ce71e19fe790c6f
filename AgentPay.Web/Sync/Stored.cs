namespace AgentPay.Web.Sync;

/// <summary>Something that is kept in Sync, at one revision of it.</summary>
/// <param name="Updated">When it was written last, UTC.</param>
/// <param name="Expires">UTC; null when it stays for ever.</param>
public sealed record Stored<T>(string Key, T Data, string Revision, DateTimeOffset Updated, DateTimeOffset? Expires);
