namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Sync's REST API, by resource. Every method throws <see cref="TwilioException"/> when Twilio refuses or does not answer, and
/// <see cref="ArgumentException"/> for a name, key or identity that no URL can address (empty, dots alone, or with a slash).
/// A POST that may have taken effect is not retried: under If-Match the second try would fail with 412 because the first one succeeded.
/// </summary>
public sealed class SyncClient
{
    internal SyncClient(TwilioTransport api)
    {
        Services = new(api);
        Documents = new(api);
        Maps = new(api);
        MapItems = new(api);
        Permissions = new(api);
    }

    public SyncServices Services { get; }

    public SyncDocuments Documents { get; }

    public SyncMaps Maps { get; }

    public SyncMapItems MapItems { get; }

    public SyncPermissions Permissions { get; }
}
