namespace AgentPay.Web.Sandbox.Sync;

// Absolute URLs of Sync resources. Based on the configured address, or else on the address of the request.
public sealed class SyncUrls(string? baseUrl, HttpRequest request)
{
    private readonly string _root =
        (string.IsNullOrWhiteSpace(baseUrl) ? $"{request.Scheme}://{request.Host}" : baseUrl.TrimEnd('/')) + SyncFeature.Path;

    public string Services => $"{_root}/Services";

    public string Of(SyncService service) => $"{Services}/{service.Sid}";

    public string Of(SyncService service, ObjectKind kind) => $"{Of(service)}/{kind.Path}";

    public string Of(SyncObject found) => $"{Of(found.Service, found.Kind)}/{found.Sid}";

    public string ItemsOf(SyncObject parent) => $"{Of(parent)}/Items";

    public string PermissionsOf(SyncObject found) => $"{Of(found)}/Permissions";

    public string MessagesOf(SyncObject stream) => $"{Of(stream)}/Messages";
}
