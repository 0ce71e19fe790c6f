namespace AgentPay.Web.Sandbox.Sync;

// Permissions of documents, lists and maps: twilio.com/docs/sync/api/document-permission-resource. An access token needs the Manage right.
internal static class PermissionEndpoints
{
    private const int MaxIdentityLength = 256;

    public static void MapPermissions(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}/{{object}}/Permissions";
        var one = $"{all}/{{identity}}";
        v1.MapGet(all, SyncRequest.Handle(request => List(request, kind)));
        v1.MapGet(one, SyncRequest.Handle(request => Fetch(request, kind)));
        v1.MapPost(one, SyncRequest.Handle(request => Update(request, kind)));
        v1.MapDelete(one, SyncRequest.Handle(request => Delete(request, kind)));
    }

    private static SyncResponse List(SyncRequest request, ObjectKind kind)
    {
        var target = request.Resource(kind, Right.Manage);
        var query = request.Query.ReadPage();
        request.Meter.CountPermissionRead(target);
        var bodies = new SyncBodies(request.Urls);
        var page = target.Permissions.Read(query, request.Now);
        return Paging.Answer("permissions", request.Urls.PermissionsOf(target), page, query, permission => bodies.Of(target, permission));
    }

    private static SyncResponse Fetch(SyncRequest request, ObjectKind kind)
    {
        var target = request.Resource(kind, Right.Manage);
        var identity = Identity(request);
        request.Meter.CountPermissionRead(target);
        return Answer(request, target, target.Permissions.Find(identity) ?? throw request.NotFound());
    }

    private static SyncResponse Update(SyncRequest request, ObjectKind kind)
    {
        var target = request.Resource(kind, Right.Manage);
        var form = request.Form;
        var permission = new Permission(
            Identity(request),
            form.RequiredFlag("Read"),
            form.RequiredFlag("Write"),
            form.RequiredFlag("Manage"));
        request.Meter.CountPermissionWrite(target);
        target.Permissions.Set(permission);
        return Answer(request, target, permission);
    }

    private static SyncResponse Delete(SyncRequest request, ObjectKind kind)
    {
        var target = request.Resource(kind, Right.Manage);
        var identity = Identity(request);
        request.Meter.CountPermissionWrite(target);
        return target.Permissions.Remove(identity) ? SyncResponse.Deleted : throw request.NotFound();
    }

    private static string Identity(SyncRequest request) =>
        request.Route("identity") is { Length: <= MaxIdentityLength } identity
            ? identity
            : throw new ApiError(400, 54351, "Invalid identity");

    private static SyncResponse Answer(SyncRequest request, SyncObject target, Permission permission) =>
        new(StatusCodes.Status200OK, new SyncBodies(request.Urls).Of(target, permission));
}
