using System.Globalization;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// A service's webhooks, twilio.com/docs/sync/webhooks: those of one object go out in the order of its changes, as they are queued under its gate.
/// What the account itself writes is told only when the service says so.
/// </summary>
public sealed class SyncWebhooks(CallbackQueue queue)
{
    /// <param name="happened"><c>created</c>, <c>updated</c> or <c>removed</c>.</param>
    public void Publish(SyncObject about, string happened, SyncWrite write)
    {
        if (about.Kind == ObjectKind.Stream || UrlFor(about.Service, write) is not { } url) return;
        List<KeyValuePair<string, string>> fields = [.. Head(about, $"{about.Kind.Name}_{happened}", write)];
        if (about.Kind == ObjectKind.Document)
        {
            fields.Add(new("DocumentRevision", Revision.Text(about.State.Revision)));
            fields.Add(new("DocumentData", about.State.Data.ToString()));
        }
        queue.Post(about.Sid, new(url, fields));
    }

    /// <param name="happened"><c>added</c>, <c>updated</c> or <c>removed</c>.</param>
    public void Publish(SyncObject parent, SyncItem item, string happened, SyncWrite write)
    {
        if (UrlFor(parent.Service, write) is not { } url) return;
        var isMap = parent.Kind == ObjectKind.Map;
        queue.Post(parent.Sid, new(url,
        [
            .. Head(parent, $"{parent.Kind.Name}_item_{happened}", write),
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
            .. Head(stream, "stream_message_published", write),
            new("MessageSid", sid),
            new("MessageData", data.ToString()),
        ]));
    }

    private static string? UrlFor(SyncService service, SyncWrite write)
    {
        var settings = service.State.Settings;
        return settings.WebhooksFromRestEnabled || !write.By.IsAccount ? settings.WebhookUrl : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Head(SyncObject about, string eventType, SyncWrite write)
    {
        var kind = char.ToUpperInvariant(about.Kind.Name[0]) + about.Kind.Name[1..];
        yield return new("AccountSid", SandboxAccount.Sid);
        yield return new("ServiceSid", about.Service.Sid);
        yield return new("EventType", eventType);
        yield return new("Identity", write.By.Identity);
        yield return new($"{kind}Sid", about.Sid);
        if (about.Name.Unique is { } name) yield return new($"{kind}UniqueName", name);
    }
}
