using System.Text.Json;
using Twilio.Rest.Sync.V1.Service;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>A JSON document of up to 16 KiB.</summary>
public sealed record SyncDocument
{
    public required string Sid { get; init; }

    public string? UniqueName { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>Changes with every write. A write with this value in <c>If-Match</c> fails with 412 after another write.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? DateExpires { get; init; }
}

/// <summary>A document to create. Null values are not sent.</summary>
public sealed record CreateSyncDocument
{
    public string? UniqueName { get; init; }

    public JsonElement? Data { get; init; }

    /// <summary>The lifetime, up to a year; zero means that it never expires.</summary>
    public TimeSpan? Ttl { get; init; }

    internal CreateDocumentOptions ToOptions(string service) => new(Escape(service))
    {
        UniqueName = UniqueName is null ? null : Require(UniqueName),
        Data = Data?.GetRawText(),
        Ttl = Wire.Seconds(Ttl),
    };
}

/// <summary>A change to a document. <see cref="Data"/> replaces all old data. Null values change nothing.</summary>
public sealed record UpdateSyncDocument
{
    public JsonElement? Data { get; init; }

    /// <inheritdoc cref="CreateSyncDocument.Ttl"/>
    public TimeSpan? Ttl { get; init; }

    /// <summary>The expected revision. If the stored revision differs, Sync answers 412. Null writes in any case.</summary>
    public string? IfMatch { get; init; }

    internal UpdateDocumentOptions ToOptions(string service, string document) => new(Escape(service), Escape(document))
    {
        Data = Data?.GetRawText(),
        Ttl = Wire.Seconds(Ttl),
        IfMatch = IfMatch,
    };
}
