namespace AgentPay.Web.TwilioApi;

/// <summary>Who may do what to a document or a map.</summary>
public sealed class SyncPermissions
{
    private readonly TwilioTransport _api;

    internal SyncPermissions(TwilioTransport api) => _api = api;

    public Task<SyncPermission> FetchAsync(SyncServiceSid service, SyncObject of, string identity, CancellationToken cancellation = default) =>
        _api.SendAsync<SyncPermission>(Request(HttpMethod.Get, service, of, identity), cancellation);

    /// <param name="pageSize">Permissions per request, 1 to 100; Twilio's default is 50.</param>
    public IAsyncEnumerable<SyncPermission> ListAsync(SyncServiceSid service, SyncObject of, int? pageSize = null, CancellationToken cancellation = default)
    {
        FormattableString path = of switch
        {
            SyncObject.Document document => $"/v1/Services/{service}/Documents/{document.Name}/Permissions",
            SyncObject.Map map => $"/v1/Services/{service}/Maps/{map.Name}/Permissions",
            _ => throw new ArgumentOutOfRangeException(nameof(of)),
        };
        return _api.ListAsync(new(HttpMethod.Get, TwilioProduct.Sync, path, SyncPage.Query(pageSize)), SyncPage.Of<SyncPermission>("permissions"), cancellation);
    }

    /// <summary>Sets all three rights of the identity, whether it had any before or not.</summary>
    public Task<SyncPermission> UpdateAsync(SyncServiceSid service, SyncObject of, SyncPermission permission, CancellationToken cancellation = default)
    {
        var form = new FormFields();
        form.Add("Read", permission.Read);
        form.Add("Write", permission.Write);
        form.Add("Manage", permission.Manage);
        return _api.SendAsync<SyncPermission>(Request(HttpMethod.Post, service, of, permission.Identity) with { Form = form }, cancellation);
    }

    public Task DeleteAsync(SyncServiceSid service, SyncObject of, string identity, CancellationToken cancellation = default) =>
        _api.SendAsync(Request(HttpMethod.Delete, service, of, identity), cancellation);

    private static TwilioRequest Request(HttpMethod method, SyncServiceSid service, SyncObject of, string identity) => new(method, TwilioProduct.Sync, of switch
    {
        SyncObject.Document document => $"/v1/Services/{service}/Documents/{document.Name}/Permissions/{identity}",
        SyncObject.Map map => $"/v1/Services/{service}/Maps/{map.Name}/Permissions/{identity}",
        _ => throw new ArgumentOutOfRangeException(nameof(of)),
    });
}
