using Twilio.Rest.Sync.V1.Service.SyncMap;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The items of a map. Sync has no upsert: creating an existing key fails with 409, updating a missing one with 404. Writes are not retried
/// after a 429, because the caller decides which of the writes that wait is sent next.
/// </summary>
public sealed class SyncMapItems
{
    private readonly TwilioTransport _api;

    internal SyncMapItems(TwilioTransport api) => _api = api;

    public Task<SyncMapItem> CreateAsync(string service, string map, CreateSyncMapItem item, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(
            client => SyncMapItemResource.CreateAsync(item.ToOptions(service, map), client), cancellation, retriesThrottled: false);

    public Task<SyncMapItem> FetchAsync(string service, string map, string key, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(
            client => SyncMapItemResource.FetchAsync(Escape(service), Escape(map), Escape(key), client: client), cancellation);

    /// <summary>Lists the items in the order of their keys.</summary>
    /// <param name="from">The key to start at. It need not exist; null starts at the first item.</param>
    /// <param name="pageSize">Items per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncMapItem> ListAsync(
        string service, string map, string? from = null, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync<SyncMapItem>(
            client => SyncMapItemResource.ReadAsync(new(Escape(service), Escape(map)) { From = from, PageSize = pageSize }, client),
            "items",
            cancellation: cancellation);

    public Task<SyncMapItem> UpdateAsync(
        string service, string map, string key, UpdateSyncMapItem update, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncMapItem>(
            client => SyncMapItemResource.UpdateAsync(update.ToOptions(service, map, key), client), cancellation, retriesThrottled: false);

    public Task DeleteAsync(string service, string map, string key, CancellationToken cancellation = default) => _api.SendAsync(
        client => SyncMapItemResource.DeleteAsync(Escape(service), Escape(map), Escape(key), client: client),
        cancellation,
        retriesThrottled: false);
}
