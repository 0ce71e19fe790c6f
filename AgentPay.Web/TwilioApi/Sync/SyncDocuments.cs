namespace AgentPay.Web.TwilioApi;

/// <summary>The documents of a service. A document is addressed by its SID or its unique name.</summary>
public sealed class SyncDocuments
{
    private readonly TwilioTransport _api;

    internal SyncDocuments(TwilioTransport api) => _api = api;

    /// <summary>Refused with 409 when the unique name is taken.</summary>
    public Task<SyncDocument> CreateAsync(SyncServiceSid service, CreateSyncDocument document, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(new(HttpMethod.Post, TwilioProduct.Sync, $"/v1/Services/{service}/Documents") { Form = document.ToForm() }, cancellation);

    public Task<SyncDocument> FetchAsync(SyncServiceSid service, string document, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(Request(HttpMethod.Get, service, document), cancellation);

    /// <param name="pageSize">Documents per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncDocument> ListAsync(SyncServiceSid service, int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync(
            new(HttpMethod.Get, TwilioProduct.Sync, $"/v1/Services/{service}/Documents", SyncPage.Query(pageSize)), SyncPage.Of<SyncDocument>("documents"), cancellation);

    public Task<SyncDocument> UpdateAsync(SyncServiceSid service, string document, UpdateSyncDocument update, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncDocument>(Request(HttpMethod.Post, service, document) with { Form = update.ToForm(), IfMatch = update.IfMatch }, cancellation);

    public Task DeleteAsync(SyncServiceSid service, string document, CancellationToken cancellation = default) =>
        _api.SendAsync(Request(HttpMethod.Delete, service, document), cancellation);

    private static TwilioRequest Request(HttpMethod method, SyncServiceSid service, string document) =>
        new(method, TwilioProduct.Sync, $"/v1/Services/{service}/Documents/{document}");
}
