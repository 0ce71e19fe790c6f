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

    /// <param name="pageSize">Maps per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncMap> ListAsync(string service, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync<SyncMap>(
            client => SyncMapResource.ReadAsync(new ReadSyncMapOptions(Escape(service)) { PageSize = pageSize }, client),
            "maps",
            cancellation: cancellation);

    /// <summary>Deletes the map with all its items.</summary>
    public Task DeleteAsync(string service, string map, CancellationToken cancellation = default) =>
        _api.SendAsync(client => SyncMapResource.DeleteAsync(Escape(service), Escape(map), client: client), cancellation);
}
