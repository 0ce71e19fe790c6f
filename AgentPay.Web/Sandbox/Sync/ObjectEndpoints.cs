namespace AgentPay.Web.Sandbox.Sync;

// Documents, lists, maps and streams: twilio.com/docs/sync/api.
internal static class ObjectEndpoints
{
    public static void MapObjects(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}";
        var one = $"{all}/{{object}}";
        v1.MapGet(all, SyncRequest.Handle(request => List(request, kind)));
        v1.MapPost(all, SyncRequest.Handle(request => Create(request, kind)));
        v1.MapGet(one, SyncRequest.Handle(request => Fetch(request, kind)));
        v1.MapPost(one, SyncRequest.Handle(request => Update(request, kind)));
        v1.MapDelete(one, SyncRequest.Handle(request => Delete(request, kind)));
    }

    private static SyncResponse List(SyncRequest request, ObjectKind kind)
    {
        var service = request.Service();
        if (request.NeedsPermission(service)) throw SyncRequest.Forbidden();
        var query = request.Query.ReadPage();
        request.Meter.CountServiceRead();
        var url = request.Urls.Of(service, kind);
        var page = service[kind].Read(query, request.Now);
        return Paging.Answer(kind.Path.ToLowerInvariant(), url, page, query, new SyncBodies(request.Urls).Of);
    }

    private static SyncResponse Create(SyncRequest request, ObjectKind kind)
    {
        var service = request.Service();
        var name = ObjectName.New(kind, request.Form.UniqueName());
        var change = ReadChange(request.Form, kind);
        request.Meter.CountCreateOrDelete(service, name);
        return Answer(request, StatusCodes.Status201Created, service[kind].Create(name, change, request.Write()));
    }

    private static SyncResponse Fetch(SyncRequest request, ObjectKind kind)
    {
        var found = request.Resource(kind, Right.Read);
        request.Meter.CountRead(found);
        return Answer(request, StatusCodes.Status200OK, found);
    }

    private static SyncResponse Update(SyncRequest request, ObjectKind kind)
    {
        var found = request.Resource(kind, Right.Write);
        var change = ReadChange(request.Form, kind);
        if (change.IsEmpty) throw new ApiError(400, 54010, "At least one parameter is required");
        var write = kind == ObjectKind.Document ? request.ConditionalWrite() : request.Write();
        request.Meter.CountWrite(found, change.Data);
        return Answer(request, StatusCodes.Status200OK, found, found.Update(change, write) ?? throw request.NotFound());
    }

    private static SyncResponse Delete(SyncRequest request, ObjectKind kind)
    {
        var found = request.Resource(kind, Right.Manage);
        request.Meter.CountCreateOrDelete(found.Service, found.Name);
        return found.Service[kind].Remove(found, request.Write()) ? SyncResponse.Deleted : throw request.NotFound();
    }

    private static SyncChange ReadChange(SyncForm form, ObjectKind kind) => kind switch
    {
        { HasItems: true } => new(Ttl: form.Ttl("CollectionTtl", "Ttl")),
        _ when kind == ObjectKind.Document => new(form.Data(kind), form.Ttl("Ttl")),
        _ => new(Ttl: form.Ttl("Ttl")),
    };

    private static SyncResponse Answer(SyncRequest request, int status, SyncObject found) => Answer(request, status, found, found.State);

    private static SyncResponse Answer(SyncRequest request, int status, SyncObject found, State state) =>
        new(status, new SyncBodies(request.Urls).Of(found, state), found.Kind == ObjectKind.Document ? state.Revision : null);
}
