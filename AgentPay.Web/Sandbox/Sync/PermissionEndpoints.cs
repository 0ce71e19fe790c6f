namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Permissions of documents, lists and maps: twilio.com/docs/sync/api/document-permission-resource and its like. A token needs Manage.</summary>
internal static class PermissionEndpoints
{
    private const int LongestIdentity = 256;

    public static void MapPermissions(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}/{{object}}/Permissions";
        var one = $"{all}/{{identity}}";
        v1.MapGet(all, SyncCall.Handle(call => List(call, kind)));
        v1.MapGet(one, SyncCall.Handle(call => Fetch(call, kind)));
        v1.MapPost(one, SyncCall.Handle(call => Update(call, kind)));
        v1.MapDelete(one, SyncCall.Handle(call => Delete(call, kind)));
    }

    private static SyncAnswer List(SyncCall call, ObjectKind kind)
    {
        var on = call.Resource(kind, Right.Manage);
        var query = call.Query.ReadPage();
        call.Meter.ReadPermission(on);
        var bodies = new SyncBodies(call.Urls);
        return Paging.Answer("permissions", call.Urls.PermissionsOf(on), on.Permissions.Read(query, call.Now), query, p => bodies.Of(on, p));
    }

    private static SyncAnswer Fetch(SyncCall call, ObjectKind kind)
    {
        var on = call.Resource(kind, Right.Manage);
        var identity = Identity(call);
        call.Meter.ReadPermission(on);
        return Answer(call, on, on.Permissions.Find(identity) ?? throw call.NotFound());
    }

    private static SyncAnswer Update(SyncCall call, ObjectKind kind)
    {
        var on = call.Resource(kind, Right.Manage);
        var form = call.Form;
        var permission = new Permission(Identity(call), form.RequiredFlag("Read"), form.RequiredFlag("Write"), form.RequiredFlag("Manage"));
        call.Meter.WritePermission(on);
        on.Permissions.Set(permission);
        return Answer(call, on, permission);
    }

    private static SyncAnswer Delete(SyncCall call, ObjectKind kind)
    {
        var on = call.Resource(kind, Right.Manage);
        var identity = Identity(call);
        call.Meter.WritePermission(on);
        return on.Permissions.Remove(identity) ? SyncAnswer.Deleted : throw call.NotFound();
    }

    private static string Identity(SyncCall call) =>
        call.Route("identity") is { Length: <= LongestIdentity } identity ? identity : throw new Refusal(400, 54351, "Invalid identity");

    private static SyncAnswer Answer(SyncCall call, SyncObject on, Permission permission) =>
        new(StatusCodes.Status200OK, new SyncBodies(call.Urls).Of(on, permission));
}
