namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Documents, lists, maps and streams themselves: twilio.com/docs/sync/api.</summary>
internal static class ObjectEndpoints
{
    public static void MapObjects(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}";
        var one = $"{all}/{{object}}";
        v1.MapGet(all, SyncCall.Handle(call => List(call, kind)));
        v1.MapPost(all, SyncCall.Handle(call => Create(call, kind)));
        v1.MapGet(one, SyncCall.Handle(call => Fetch(call, kind)));
        v1.MapPost(one, SyncCall.Handle(call => Update(call, kind)));
        v1.MapDelete(one, SyncCall.Handle(call => Delete(call, kind)));
    }

    private static SyncAnswer List(SyncCall call, ObjectKind kind)
    {
        var service = call.Service();
        if (call.IsBoundByAcl(service)) throw SyncCall.Forbidden();
        var query = call.Query.ReadPage();
        call.Meter.ReadService();
        var url = call.Urls.Of(service, kind);
        return Paging.Answer(kind.Path.ToLowerInvariant(), url, service[kind].Read(query, call.Now), query, new SyncBodies(call.Urls).Of);
    }

    private static SyncAnswer Create(SyncCall call, ObjectKind kind)
    {
        var service = call.Service();
        var name = ObjectName.New(kind, call.Form.UniqueName());
        var change = ReadChange(call.Form, kind);
        call.Meter.CreateOrDelete(service, name);
        return Answer(call, StatusCodes.Status201Created, service[kind].Create(name, change, call.Write()));
    }

    private static SyncAnswer Fetch(SyncCall call, ObjectKind kind)
    {
        var found = call.Resource(kind, Right.Read);
        call.Meter.Read(found);
        return Answer(call, StatusCodes.Status200OK, found);
    }

    private static SyncAnswer Update(SyncCall call, ObjectKind kind)
    {
        var found = call.Resource(kind, Right.Write);
        var change = ReadChange(call.Form, kind);
        if (change.IsEmpty) throw new Refusal(400, 54010, "At least one parameter is required");
        var write = kind == ObjectKind.Document ? call.ConditionalWrite() : call.Write();
        call.Meter.Write(found, change.Data);
        return Answer(call, StatusCodes.Status200OK, found, found.Update(change, write) ?? throw call.NotFound());
    }

    private static SyncAnswer Delete(SyncCall call, ObjectKind kind)
    {
        var found = call.Resource(kind, Right.Manage);
        call.Meter.CreateOrDelete(found.Service, found.Name);
        return found.Service[kind].Remove(found, call.Write()) ? SyncAnswer.Deleted : throw call.NotFound();
    }

    private static Change ReadChange(SyncForm form, ObjectKind kind) => kind switch
    {
        { HasItems: true } => new(Ttl: form.Ttl("CollectionTtl", "Ttl")),
        _ when kind == ObjectKind.Document => new(form.Data(kind), form.Ttl("Ttl")),
        _ => new(Ttl: form.Ttl("Ttl")),
    };

    private static SyncAnswer Answer(SyncCall call, int status, SyncObject found) => Answer(call, status, found, found.State);

    private static SyncAnswer Answer(SyncCall call, int status, SyncObject found, State state) =>
        new(status, new SyncBodies(call.Urls).Of(found, state), found.Kind == ObjectKind.Document ? state.Revision : null);
}
