namespace AgentPay.Web.Sandbox.Sync;

// One revision of a document, an item or a collection. Immutable, so a response can be written without holding a lock.
public sealed record State(
    RawJson Data,
    long Revision,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    DateTimeOffset? Expires,
    string CreatedBy)
{
    public static State New(SyncChange change, SyncWrite write) =>
        new(change.Data ?? RawJson.EmptyObject, 0, write.At, write.At, SyncChange.Expiry(change.Ttl ?? 0, write.At), write.By.Identity);

    public State Next(SyncChange change, DateTimeOffset now) => this with
    {
        Data = change.Data ?? Data,
        Revision = Revision + 1,
        Updated = now,
        Expires = change.Ttl is { } ttl ? SyncChange.Expiry(ttl, now) : Expires,
    };

    public bool IsLive(DateTimeOffset now) => Expires is null || now < Expires;
}
