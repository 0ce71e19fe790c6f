namespace AgentPay.Web.Sandbox.Sync;

/// <summary>A document, an item or a collection at one revision. Immutable, so that an answer can be written without holding a lock.</summary>
public sealed record State(RawJson Data, long Revision, DateTimeOffset Created, DateTimeOffset Updated, DateTimeOffset? Expires, string CreatedBy)
{
    public static State New(Change change, SyncWrite write) =>
        new(change.Data ?? RawJson.EmptyObject, 0, write.At, write.At, Change.Expiry(change.Ttl ?? 0, write.At), write.By.Identity);

    public State Next(Change change, DateTimeOffset now) => this with
    {
        Data = change.Data ?? Data,
        Revision = Revision + 1,
        Updated = now,
        Expires = change.Ttl is { } ttl ? Change.Expiry(ttl, now) : Expires,
    };

    public bool IsLive(DateTimeOffset now) => Expires is null || now < Expires;
}
