namespace AgentPay.Web.TwilioApi;

/// <summary>A map of items, each with a key.</summary>
public sealed record SyncMap
{
    public required string Sid { get; init; }

    public string? UniqueName { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }
}
