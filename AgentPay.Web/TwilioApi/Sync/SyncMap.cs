namespace AgentPay.Web.TwilioApi;

/// <summary>A map: items by key.</summary>
public sealed record SyncMap
{
    public required string Sid { get; init; }

    public string? UniqueName { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }
}
