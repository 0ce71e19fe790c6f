using System.Text.Json;
using Twilio.Rest.Sync.V1.Service.SyncMap;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>An item of a map: up to 16 KiB of JSON under a key.</summary>
public sealed record SyncMapItem
{
    public required string Key { get; init; }

    public JsonElement Data { get; init; }

    /// <inheritdoc cref="SyncDocument.Revision"/>
    public required string Revision { get; init; }

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? DateExpires { get; init; }
}

/// <summary>An item to create. Null values are not sent.</summary>
public sealed record CreateSyncMapItem
{
    /// <summary>Up to 320 characters, without a slash: Sync stores an item with a slash in its key, but cannot fetch it.</summary>
    public required string Key { get; init; }

    public required JsonElement Data { get; init; }

    /// <summary>The lifetime, up to a year; zero means that it never expires.</summary>
    public TimeSpan? ItemTtl { get; init; }

    internal CreateSyncMapItemOptions ToOptions(string service, string map) =>
        new(Escape(service), Escape(map), Require(Key), Data.GetRawText()) { ItemTtl = Wire.Seconds(ItemTtl) };
}

/// <summary>A change to an item. <see cref="Data"/> replaces all old data. Null values change nothing.</summary>
public sealed record UpdateSyncMapItem
{
    public JsonElement? Data { get; init; }

    /// <inheritdoc cref="CreateSyncMapItem.ItemTtl"/>
    public TimeSpan? ItemTtl { get; init; }

    /// <inheritdoc cref="UpdateSyncDocument.IfMatch"/>
    public string? IfMatch { get; init; }

    internal UpdateSyncMapItemOptions ToOptions(string service, string map, string key) =>
        new(Escape(service), Escape(map), Escape(key))
        {
            Data = Data?.GetRawText(),
            ItemTtl = Wire.Seconds(ItemTtl),
            IfMatch = IfMatch,
        };
}
