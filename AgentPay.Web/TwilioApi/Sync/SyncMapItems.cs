namespace AgentPay.Web.TwilioApi;

/// <summary>The items of a map. There is no create-or-update: creating an existing key is refused with 409, updating an absent one with 404.</summary>
public sealed class SyncMapItems
{
    private readonly TwilioTransport _api;

    internal SyncMapItems(TwilioTransport api) => _api = api;

    public Task<SyncMapItem> CreateAsync(SyncServiceSid service, string map, CreateSyncMapItem item, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(new(HttpMethod.Post, TwilioProduct.Sync, $"/v1/Services/{service}/Maps/{map}/Items") { Form = item.ToForm() }, cancellation);

    public Task<SyncMapItem> FetchAsync(SyncServiceSid service, string map, string key, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(Request(HttpMethod.Get, service, map, key), cancellation);

    public IAsyncEnumerable<SyncMapItem> ListAsync(SyncServiceSid service, string map, SyncMapItemQuery query, CancellationToken cancellation = default) =>
        _api.ListAsync(
            new(HttpMethod.Get, TwilioProduct.Sync, $"/v1/Services/{service}/Maps/{map}/Items", query.ToQuery()), SyncPage.Of<SyncMapItem>("items"), cancellation);

    public Task<SyncMapItem> UpdateAsync(SyncServiceSid service, string map, string key, UpdateSyncMapItem update, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(Request(HttpMethod.Post, service, map, key) with { Form = update.ToForm(), IfMatch = update.IfMatch }, cancellation);

    /// <param name="ifMatch">The revision to delete; any other is refused with 412. Null deletes whatever is there.</param>
    public Task DeleteAsync(SyncServiceSid service, string map, string key, string? ifMatch = null, CancellationToken cancellation = default) =>
        _api.SendAsync(Request(HttpMethod.Delete, service, map, key) with { IfMatch = ifMatch }, cancellation);

    private static TwilioRequest Request(HttpMethod method, SyncServiceSid service, string map, string key) =>
        new(method, TwilioProduct.Sync, $"/v1/Services/{service}/Maps/{map}/Items/{key}");
}
