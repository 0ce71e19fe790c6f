using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>A JSON document of up to 16 KiB.</summary>
public sealed record SyncDocument
{
    public required SyncDocumentSid Sid { get; init; }

    public string? UniqueName { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>Changes with every write; give it back as <c>If-Match</c> to write only what nobody else has changed.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Null when it never expires.</summary>
    public DateTimeOffset? DateExpires { get; init; }

    /// <summary>The identity of a token, or <c>system</c> for this API.</summary>
    public string? CreatedBy { get; init; }
}

/// <summary>A document to make. What is null is not sent.</summary>
public sealed record CreateSyncDocument
{
    public string? UniqueName { get; init; }

    public JsonElement? Data { get; init; }

    /// <summary>How long it lives, up to a year; zero is for ever.</summary>
    public TimeSpan? Ttl { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("UniqueName", UniqueName is null ? null : PathSegment.Require(UniqueName));
        form.Add("Data", Data?.GetRawText());
        form.AddSeconds("Ttl", Ttl);
        return form;
    }
}

/// <summary>A change to a document. <see cref="Data"/> replaces the old one as a whole; what is null stays.</summary>
public sealed record UpdateSyncDocument
{
    public JsonElement? Data { get; init; }

    /// <inheritdoc cref="CreateSyncDocument.Ttl"/>
    public TimeSpan? Ttl { get; init; }

    /// <summary>The revision the change builds on; any other is refused with 412.</summary>
    public string? IfMatch { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("Data", Data?.GetRawText());
        form.AddSeconds("Ttl", Ttl);
        return form;
    }
}
