using Twilio.Rest.Sync.V1.Service.Document;
using Twilio.Rest.Sync.V1.Service.SyncMap;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>The permissions of token holders on documents and maps.</summary>
public sealed class SyncPermissions
{
    private readonly TwilioTransport _api;

    internal SyncPermissions(TwilioTransport api) => _api = api;

    /// <summary>Lists the permissions on a map.</summary>
    public IAsyncEnumerable<SyncPermission> ListAsync(string service, string map, CancellationToken cancellation = default) =>
        _api.ListAsync<SyncPermission>(
            client => SyncMapPermissionResource.ReadAsync(new(Escape(service), Escape(map)), client),
            "permissions",
            cancellation: cancellation);

    /// <summary>Sets all three permissions of the identity. Not retried after a 429, as with documents.</summary>
    public Task<SyncPermission> UpdateAsync(
        string service, SyncObject target, SyncPermission permission, CancellationToken cancellation = default)
    {
        var (parent, name, identity) = (Escape(service), Escape(target.Name), Escape(permission.Identity));
        var (read, write, manage) = (permission.Read, permission.Write, permission.Manage);
        return _api.SendAsync<SyncPermission>(
            client => target.IsMap
                ? SyncMapPermissionResource.UpdateAsync(parent, name, identity, read, write, manage, client)
                : DocumentPermissionResource.UpdateAsync(parent, name, identity, read, write, manage, client),
            cancellation,
            retriesThrottled: false);
    }
}
