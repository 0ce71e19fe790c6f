namespace AgentPay.Web.Sandbox.Sync;

// The caller and the time of a write, and the revision that it requires (If-Match).
public sealed record SyncWrite(SyncCaller By, DateTimeOffset At, string? IfMatch = null)
{
    public void CheckRevision(long revision, int mismatch)
    {
        if (IfMatch is not null && IfMatch != Revision.Text(revision))
            throw new ApiError(412, mismatch, $"The revision of the resource is {Revision.Text(revision)} and does not match {IfMatch}");
    }
}

// The changes of a write. Null keeps the data or the expiry. A time to live is in seconds; 0 means no expiry.
public sealed record SyncChange(RawJson? Data = null, int? Ttl = null, int? CollectionTtl = null)
{
    public bool IsEmpty => Data is null && Ttl is null;

    public static DateTimeOffset? Expiry(int ttl, DateTimeOffset now) => ttl == 0 ? null : now.AddSeconds(ttl);
}
