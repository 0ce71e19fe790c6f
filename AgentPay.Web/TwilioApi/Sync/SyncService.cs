namespace AgentPay.Web.TwilioApi;

/// <summary>A Sync service: the container of documents and maps.</summary>
public sealed record SyncService
{
    public required string Sid { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>Whether holders of a token need a permission for each object.</summary>
    public bool AclEnabled { get; init; }

    public required DateTimeOffset DateCreated { get; init; }
}
