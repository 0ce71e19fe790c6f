namespace AgentPay.Web.TwilioApi;

/// <summary>The maps of a service. A map is addressed by its SID or its unique name.</summary>
public sealed class SyncMaps
{
    private readonly TwilioTransport _api;

    internal SyncMaps(TwilioTransport api) => _api = api;

    /// <summary>Refused with 409 when the unique name is taken.</summary>
    public Task<SyncMap> CreateAsync(SyncServiceSid service, CreateSyncMap map, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMap>(new(HttpMethod.Post, TwilioProduct.Sync, $"/v1/Services/{service}/Maps") { Form = map.ToForm() }, cancellation);

    public Task<SyncMap> FetchAsync(SyncServiceSid service, string map, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMap>(Request(HttpMethod.Get, service, map), cancellation);

    /// <param name="pageSize">Maps per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncMap> ListAsync(SyncServiceSid service, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync(new(HttpMethod.Get, TwilioProduct.Sync, $"/v1/Services/{service}/Maps", SyncPage.Query(pageSize)), SyncPage.Of<SyncMap>("maps"), cancellation);

    public Task<SyncMap> UpdateAsync(SyncServiceSid service, string map, UpdateSyncMap update, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMap>(Request(HttpMethod.Post, service, map) with { Form = update.ToForm() }, cancellation);

    /// <summary>Deletes the map with all its items.</summary>
    public Task DeleteAsync(SyncServiceSid service, string map, CancellationToken cancellation = default) =>
        _api.SendAsync(Request(HttpMethod.Delete, service, map), cancellation);

    private static TwilioRequest Request(HttpMethod method, SyncServiceSid service, string map) =>
        new(method, TwilioProduct.Sync, $"/v1/Services/{service}/Maps/{map}");
}
