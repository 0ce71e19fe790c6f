using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>An item of a map: up to 16 KiB of JSON under a key.</summary>
public sealed record SyncMapItem
{
    public required string Key { get; init; }

    public JsonElement Data { get; init; }

    /// <inheritdoc cref="SyncDocument.Revision"/>
    public required string Revision { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? DateExpires { get; init; }

    /// <inheritdoc cref="SyncDocument.CreatedBy"/>
    public string? CreatedBy { get; init; }
}

/// <summary>An item to make. What is null is not sent.</summary>
public sealed record CreateSyncMapItem
{
    /// <summary>Up to 320 characters, without a slash: Sync would store such an item and never find it again.</summary>
    public required string Key { get; init; }

    public required JsonElement Data { get; init; }

    /// <summary>How long the item lives, up to a year; zero is for ever.</summary>
    public TimeSpan? ItemTtl { get; init; }

    /// <summary>Another name for <see cref="ItemTtl"/>.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Sets the lifetime of the whole map.</summary>
    public TimeSpan? CollectionTtl { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("Key", PathSegment.Require(Key));
        form.Add("Data", Data.GetRawText());
        form.AddSeconds("ItemTtl", ItemTtl);
        form.AddSeconds("Ttl", Ttl);
        form.AddSeconds("CollectionTtl", CollectionTtl);
        return form;
    }
}

/// <summary>A change to an item. <see cref="Data"/> replaces the old one as a whole; what is null stays.</summary>
public sealed record UpdateSyncMapItem
{
    public JsonElement? Data { get; init; }

    /// <inheritdoc cref="CreateSyncMapItem.ItemTtl"/>
    public TimeSpan? ItemTtl { get; init; }

    /// <inheritdoc cref="CreateSyncMapItem.Ttl"/>
    public TimeSpan? Ttl { get; init; }

    /// <inheritdoc cref="CreateSyncMapItem.CollectionTtl"/>
    public TimeSpan? CollectionTtl { get; init; }

    /// <inheritdoc cref="UpdateSyncDocument.IfMatch"/>
    public string? IfMatch { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("Data", Data?.GetRawText());
        form.AddSeconds("ItemTtl", ItemTtl);
        form.AddSeconds("Ttl", Ttl);
        form.AddSeconds("CollectionTtl", CollectionTtl);
        return form;
    }
}
