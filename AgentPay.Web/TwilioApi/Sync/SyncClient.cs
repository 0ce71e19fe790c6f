namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Sync's REST API, by resource. Every method throws <see cref="TwilioException"/> if Twilio refuses or does not answer, and
/// <see cref="ArgumentException"/> for a name, key or identity that a URL cannot contain (empty, only dots, or with a slash).
/// A POST that may have taken effect is not retried: with If-Match, the retry would fail with 412 although the first attempt succeeded.
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
