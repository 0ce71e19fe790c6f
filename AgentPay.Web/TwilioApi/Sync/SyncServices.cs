using Twilio.Rest.Sync.V1;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>The Sync services of the account.</summary>
public sealed class SyncServices
{
    private readonly TwilioTransport _api;

    internal SyncServices(TwilioTransport api) => _api = api;

    public Task<SyncService> CreateAsync(string friendlyName, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(
            client => ServiceResource.CreateAsync(new CreateServiceOptions { FriendlyName = friendlyName }, client), cancellation);

    public Task<SyncService> FetchAsync(string service, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(client => ServiceResource.FetchAsync(Escape(service), client: client), cancellation);

    /// <param name="pageSize">Services per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncService> ListAsync(int? pageSize = null, CancellationToken cancellation = default) =>
        _api.ListAsync<SyncService>(
            client => ServiceResource.ReadAsync(new ReadServiceOptions { PageSize = pageSize }, client),
            "services",
            cancellation: cancellation);

    /// <param name="aclEnabled">Whether holders of a token need a permission for each object.</param>
    public Task<SyncService> UpdateAsync(string service, bool aclEnabled, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncService>(
            client => ServiceResource.UpdateAsync(new UpdateServiceOptions(Escape(service)) { AclEnabled = aclEnabled }, client),
            cancellation);

    /// <summary>Deletes the service with all its documents and maps.</summary>
    public Task DeleteAsync(string service, CancellationToken cancellation = default) =>
        _api.SendAsync(client => ServiceResource.DeleteAsync(Escape(service), client: client), cancellation);
}
