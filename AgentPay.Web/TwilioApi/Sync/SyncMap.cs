namespace AgentPay.Web.TwilioApi;

/// <summary>A map: items by key.</summary>
public sealed record SyncMap
{
    public required SyncMapSid Sid { get; init; }

    public string? UniqueName { get; init; }

    public required string Revision { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? DateExpires { get; init; }

    /// <inheritdoc cref="SyncDocument.CreatedBy"/>
    public string? CreatedBy { get; init; }
}

/// <summary>A map to make. What is null is not sent.</summary>
public sealed record CreateSyncMap
{
    public string? UniqueName { get; init; }

    /// <summary>How long the map lives, up to a year; zero is for ever.</summary>
    public TimeSpan? CollectionTtl { get; init; }

    /// <summary>Another name for <see cref="CollectionTtl"/>.</summary>
    public TimeSpan? Ttl { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("UniqueName", UniqueName is null ? null : PathSegment.Require(UniqueName));
        form.AddSeconds("CollectionTtl", CollectionTtl);
        form.AddSeconds("Ttl", Ttl);
        return form;
    }
}

/// <summary>A new lifetime for a map.</summary>
public sealed record UpdateSyncMap
{
    /// <inheritdoc cref="CreateSyncMap.CollectionTtl"/>
    public TimeSpan? CollectionTtl { get; init; }

    /// <inheritdoc cref="CreateSyncMap.Ttl"/>
    public TimeSpan? Ttl { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.AddSeconds("CollectionTtl", CollectionTtl);
        form.AddSeconds("Ttl", Ttl);
        return form;
    }
}
