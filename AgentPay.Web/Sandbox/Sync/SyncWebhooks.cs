using System.Globalization;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Sync;

// Webhooks of a service: twilio.com/docs/sync/webhooks.
// They are queued under the lock of the object, so they are sent in the order of its changes.
// Writes of the account itself send webhooks only if WebhooksFromRestEnabled is set.
public sealed class SyncWebhooks(CallbackQueue queue)
{
    public void Publish(SyncObject changed, string eventName, SyncWrite write)
    {
        if (changed.Kind == ObjectKind.Stream || UrlFor(changed.Service, write) is not { } url) return;
        List<KeyValuePair<string, string>> fields = [.. CommonFields(changed, $"{changed.Kind.Name}_{eventName}", write)];
        if (changed.Kind == ObjectKind.Document)
        {
            fields.Add(new("DocumentRevision", Revision.Text(changed.State.Revision)));
            fields.Add(new("DocumentData", changed.State.Data.ToString()));
        }
        queue.Post(changed.Sid, new(url, fields));
    }

    public void Publish(SyncObject parent, SyncItem item, string eventName, SyncWrite write)
    {
        if (UrlFor(parent.Service, write) is not { } url) return;
        var isMap = parent.Kind == ObjectKind.Map;
        queue.Post(parent.Sid, new(url,
        [
            .. CommonFields(parent, $"{parent.Kind.Name}_item_{eventName}", write),
            new("EventId", Guid.NewGuid().ToString("N")),
            new(isMap ? "ItemKey" : "ItemIndex", isMap ? item.Key : item.Index.ToString(CultureInfo.InvariantCulture)),
            new("ItemRevision", Revision.Text(item.State.Revision)),
            new("ItemData", item.State.Data.ToString()),
        ]));
    }

    public void PublishMessage(SyncObject stream, string sid, RawJson data, SyncWrite write)
    {
        if (UrlFor(stream.Service, write) is not { } url) return;
        queue.Post(stream.Sid, new(url,
        [
            .. CommonFields(stream, "stream_message_published", write),
            new("MessageSid", sid),
            new("MessageData", data.ToString()),
        ]));
    }

    private static string? UrlFor(SyncService service, SyncWrite write)
    {
        var settings = service.State.Settings;
        return settings.WebhooksFromRestEnabled || !write.By.IsAccount ? settings.WebhookUrl : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> CommonFields(SyncObject changed, string eventType, SyncWrite write)
    {
        var kind = char.ToUpperInvariant(changed.Kind.Name[0]) + changed.Kind.Name[1..];
        yield return new("AccountSid", SandboxAccount.Sid);
        yield return new("ServiceSid", changed.Service.Sid);
        yield return new("EventType", eventType);
        yield return new("Identity", write.By.Identity);
        yield return new($"{kind}Sid", changed.Sid);
        if (changed.Name.Unique is { } name) yield return new($"{kind}UniqueName", name);
    }
}
