using Twilio.Rest.Sync.V1.Service;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>The maps of a service. A map is addressed by its SID or its unique name.</summary>
public sealed class SyncMaps
{
    private readonly TwilioTransport _api;

    internal SyncMaps(TwilioTransport api) => _api = api;

    /// <summary>Creates a map. Sync answers 409 if the name is taken.</summary>
    public Task<SyncMap> CreateAsync(string service, string uniqueName, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMap>(
            client => SyncMapResource.CreateAsync(new(Escape(service)) { UniqueName = Require(uniqueName) }, client), cancellation);

    public Task<SyncMap> FetchAsync(string service, string map, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMap>(client => SyncMapResource.FetchAsync(Escape(service), Escape(map), client: client), cancellation);
}
