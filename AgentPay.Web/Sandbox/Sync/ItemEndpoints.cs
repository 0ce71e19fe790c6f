using System.Globalization;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>The items of maps and lists: twilio.com/docs/sync/api/map-item-resource, …/listitem-resource.</summary>
internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder v1, ObjectKind kind)
    {
        var all = $"/Services/{{service}}/{kind.Path}/{{object}}/Items";
        var one = $"{all}/{{item}}";
        v1.MapGet(all, SyncCall.Handle(call => List(call, kind)));
        v1.MapPost(all, SyncCall.Handle(call => Create(call, kind)));
        v1.MapGet(one, SyncCall.Handle(call => Fetch(call, kind)));
        v1.MapPost(one, SyncCall.Handle(call => Update(call, kind)));
        v1.MapDelete(one, SyncCall.Handle(call => Delete(call, kind)));
    }

    private static SyncAnswer List(SyncCall call, ObjectKind kind)
    {
        var parent = call.Resource(kind, Right.Read);
        var order = ItemOrder.Read(call.Query);
        var from = order.From is { } key ? new Position(KeyOf(kind, key), order.Bounds == "inclusive") : default(Position?);
        var query = call.Query.ReadPage(from, order.Order == "desc");
        call.Meter.Read(parent);
        var bodies = new SyncBodies(call.Urls);
        var page = parent.Items.Read(query, call.Now);
        return Paging.Answer("items", call.Urls.ItemsOf(parent), page, query, item => bodies.Of(parent, item), order.Parameters());
    }

    private static SyncAnswer Create(SyncCall call, ObjectKind kind)
    {
        var parent = call.Resource(kind, Right.Write);
        var key = kind == ObjectKind.Map ? call.Form.Key() : null;
        var change = ReadChange(call.Form, kind);
        call.Meter.Write(parent, change.Data);
        return Answer(call, StatusCodes.Status201Created, parent, parent.Items.Create(key, change, call.Write()));
    }

    private static SyncAnswer Fetch(SyncCall call, ObjectKind kind)
    {
        var parent = call.Resource(kind, Right.Read);
        var key = KeyOf(kind, call.Route("item"));
        call.Meter.Read(parent);
        return Answer(call, StatusCodes.Status200OK, parent, parent.Items.Find(key, call.Now));
    }

    private static SyncAnswer Update(SyncCall call, ObjectKind kind)
    {
        var parent = call.Resource(kind, Right.Write);
        var key = KeyOf(kind, call.Route("item"));
        var change = ReadChange(call.Form, kind);
        if (change.IsEmpty) throw new Refusal(400, 54010, "At least one of Data and ItemTtl is required");
        var write = call.ConditionalWrite();
        call.Meter.Write(parent, change.Data);
        return Answer(call, StatusCodes.Status200OK, parent, parent.Items.Update(key, change, write));
    }

    private static SyncAnswer Delete(SyncCall call, ObjectKind kind)
    {
        var parent = call.Resource(kind, Right.Write);
        var key = KeyOf(kind, call.Route("item"));
        var write = call.ConditionalWrite();
        call.Meter.Write(parent);
        return parent.Items.Remove(key, write) ? SyncAnswer.Deleted : throw call.NotFound();
    }

    private static Change ReadChange(SyncForm form, ObjectKind kind) =>
        new(form.Data(kind), form.Ttl("ItemTtl", "Ttl"), form.Ttl("CollectionTtl"));

    private static string KeyOf(ObjectKind kind, string text)
    {
        if (kind == ObjectKind.Map) return text;
        var isIndex = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        return isIndex ? NumberedKey.Of(index) : throw new Refusal(400, 54458, "Invalid list item index");
    }

    private static SyncAnswer Answer(SyncCall call, int status, SyncObject parent, SyncItem? item) =>
        item is null ? throw call.NotFound() : new(status, new SyncBodies(call.Urls).Of(parent, item), item.State.Revision);
}
