namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Who writes, when, and (<c>If-Match</c>) over which revision only.</summary>
public sealed record SyncWrite(SyncCaller By, DateTimeOffset At, string? IfMatch = null)
{
    public void Expect(long revision, int mismatch)
    {
        if (IfMatch is not null && IfMatch != Revision.Text(revision))
            throw new Refusal(412, mismatch, $"The revision of the resource is {Revision.Text(revision)} and does not match {IfMatch}");
    }
}

/// <summary>What a write changes. <see cref="Data"/> null leaves the data, a time to live (seconds, 0 = for ever) of null leaves the expiry.</summary>
public sealed record Change(RawJson? Data = null, int? Ttl = null, int? CollectionTtl = null)
{
    public bool IsEmpty => Data is null && Ttl is null;

    public static DateTimeOffset? Expiry(int ttl, DateTimeOffset now) => ttl == 0 ? null : now.AddSeconds(ttl);
}
