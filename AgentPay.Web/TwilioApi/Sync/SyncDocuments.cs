using Twilio.Rest.Sync.V1.Service;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The documents of a service. A document is addressed by its SID or its unique name. A create or an update is not retried after a 429,
/// because the caller decides which of the writes that wait is sent next.
/// </summary>
public sealed class SyncDocuments
{
    private readonly TwilioTransport _api;

    internal SyncDocuments(TwilioTransport api) => _api = api;

    /// <summary>Creates a document. Sync answers 409 if the unique name is taken.</summary>
    public Task<SyncDocument> CreateAsync(string service, CreateSyncDocument document, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(
            client => DocumentResource.CreateAsync(document.ToOptions(service), client), cancellation, retriesThrottled: false);

    public Task<SyncDocument> FetchAsync(string service, string document, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(
            client => DocumentResource.FetchAsync(Escape(service), Escape(document), client: client), cancellation);

    /// <param name="pageSize">Documents per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncDocument> ListAsync(string service, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync<SyncDocument>(
            client => DocumentResource.ReadAsync(new ReadDocumentOptions(Escape(service)) { PageSize = pageSize }, client),
            "documents",
            cancellation: cancellation);

    public Task<SyncDocument> UpdateAsync(
        string service, string document, UpdateSyncDocument update, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(
            client => DocumentResource.UpdateAsync(update.ToOptions(service, document), client), cancellation, retriesThrottled: false);

    public Task DeleteAsync(string service, string document, CancellationToken cancellation = default) =>
        _api.SendAsync(client => DocumentResource.DeleteAsync(Escape(service), Escape(document), client: client), cancellation);
}
