namespace AgentPay.Web.TwilioApi;

/// <summary>The Sync services of the account.</summary>
public sealed class SyncServices
{
    private readonly TwilioTransport _api;

    internal SyncServices(TwilioTransport api) => _api = api;

    public Task<SyncService> CreateAsync(SyncServiceSettings settings, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(new(HttpMethod.Post, TwilioProduct.Sync, $"/v1/Services") { Form = settings.ToForm() }, cancellation);

    public Task<SyncService> FetchAsync(SyncServiceSid service, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(Request(HttpMethod.Get, service), cancellation);

    /// <param name="pageSize">Services per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncService> ListAsync(int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync(new(HttpMethod.Get, TwilioProduct.Sync, $"/v1/Services", SyncPage.Query(pageSize)), SyncPage.Of<SyncService>("services"), cancellation);

    public Task<SyncService> UpdateAsync(SyncServiceSid service, SyncServiceSettings settings, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(Request(HttpMethod.Post, service) with { Form = settings.ToForm() }, cancellation);

    /// <summary>Deletes the service with everything in it.</summary>
    public Task DeleteAsync(SyncServiceSid service, CancellationToken cancellation = default) =>
        _api.SendAsync(Request(HttpMethod.Delete, service), cancellation);

    private static TwilioRequest Request(HttpMethod method, SyncServiceSid service) => new(method, TwilioProduct.Sync, $"/v1/Services/{service}");
}
