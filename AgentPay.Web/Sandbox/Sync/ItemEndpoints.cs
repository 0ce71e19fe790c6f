using System.Globalization;

namespace AgentPay.Web.Sandbox.Sync;

// Items of maps and lists: twilio.com/docs/sync/api/map-item-resource and /listitem-resource.
internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}/{{object}}/Items";
        var one = $"{all}/{{item}}";
        v1.MapGet(all, SyncRequest.Handle(request => List(request, kind)));
        v1.MapPost(all, SyncRequest.Handle(request => Create(request, kind)));
        v1.MapGet(one, SyncRequest.Handle(request => Fetch(request, kind)));
        v1.MapPost(one, SyncRequest.Handle(request => Update(request, kind)));
        v1.MapDelete(one, SyncRequest.Handle(request => Delete(request, kind)));
    }

    private static SyncResponse List(SyncRequest request, ObjectKind kind)
    {
        var parent = request.Resource(kind, Right.Read);
        var order = ItemOrder.Read(request.Query);
        var from = order.From is { } key ? new ListPosition(KeyOf(kind, key), order.Bounds == "inclusive") : default(ListPosition?);
        var query = request.Query.ReadPage(from, order.Order == "desc");
        request.Meter.CountRead(parent);
        var bodies = new SyncBodies(request.Urls);
        var page = parent.Items.Read(query, request.Now);
        return Paging.Answer("items", request.Urls.ItemsOf(parent), page, query, item => bodies.Of(parent, item), order.Parameters());
    }

    private static SyncResponse Create(SyncRequest request, ObjectKind kind)
    {
        var parent = request.Resource(kind, Right.Write);
        var key = kind == ObjectKind.Map ? request.Form.Key() : null;
        var change = ReadChange(request.Form, kind);
        request.Meter.CountWrite(parent, change.Data);
        return Answer(request, StatusCodes.Status201Created, parent, parent.Items.Create(key, change, request.Write()));
    }

    private static SyncResponse Fetch(SyncRequest request, ObjectKind kind)
    {
        var parent = request.Resource(kind, Right.Read);
        var key = KeyOf(kind, request.Route("item"));
        request.Meter.CountRead(parent);
        return Answer(request, StatusCodes.Status200OK, parent, parent.Items.Find(key, request.Now));
    }

    private static SyncResponse Update(SyncRequest request, ObjectKind kind)
    {
        var parent = request.Resource(kind, Right.Write);
        var key = KeyOf(kind, request.Route("item"));
        var change = ReadChange(request.Form, kind);
        if (change.IsEmpty) throw new ApiError(400, 54010, "At least one of Data and ItemTtl is required");
        var write = request.ConditionalWrite();
        request.Meter.CountWrite(parent, change.Data);
        return Answer(request, StatusCodes.Status200OK, parent, parent.Items.Update(key, change, write));
    }

    private static SyncResponse Delete(SyncRequest request, ObjectKind kind)
    {
        var parent = request.Resource(kind, Right.Write);
        var key = KeyOf(kind, request.Route("item"));
        var write = request.ConditionalWrite();
        request.Meter.CountWrite(parent);
        return parent.Items.Remove(key, write) ? SyncResponse.Deleted : throw request.NotFound();
    }

    private static SyncChange ReadChange(SyncForm form, ObjectKind kind) =>
        new(form.Data(kind), form.Ttl("ItemTtl", "Ttl"), form.Ttl("CollectionTtl"));

    private static string KeyOf(ObjectKind kind, string text)
    {
        if (kind == ObjectKind.Map) return text;
        var isIndex = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        return isIndex ? NumberedKey.Of(index) : throw new ApiError(400, 54458, "Invalid list item index");
    }

    private static SyncResponse Answer(SyncRequest request, int status, SyncObject parent, SyncItem? item) =>
        item is null ? throw request.NotFound() : new(status, new SyncBodies(request.Urls).Of(parent, item), item.State.Revision);
}
