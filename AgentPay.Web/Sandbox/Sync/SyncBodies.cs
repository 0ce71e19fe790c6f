namespace AgentPay.Web.Sandbox.Sync;

// Response bodies with the fields of Twilio's API description.
public sealed class SyncBodies(SyncUrls urls)
{
    public object Of(SyncService service)
    {
        var (settings, updated) = service.State;
        return new
        {
            service.Sid,
            service.UniqueName,
            AccountSid = SandboxAccount.Sid,
            settings.FriendlyName,
            DateCreated = TwilioTime.Seconds(service.Created),
            DateUpdated = TwilioTime.Seconds(updated),
            Url = urls.Of(service),
            settings.WebhookUrl,
            settings.WebhooksFromRestEnabled,
            settings.ReachabilityWebhooksEnabled,
            settings.AclEnabled,
            settings.ReachabilityDebouncingEnabled,
            settings.ReachabilityDebouncingWindow,
            Links = ObjectKind.All.ToDictionary(kind => kind.Path.ToLowerInvariant(), kind => urls.Of(service, kind)),
        };
    }

    public object Of(SyncObject found) => Of(found, found.State);

    public object Of(SyncObject found, State state)
    {
        var body = new Dictionary<string, object?>
        {
            ["sid"] = found.Sid,
            ["unique_name"] = found.Name.Unique,
            ["account_sid"] = SandboxAccount.Sid,
            ["service_sid"] = found.Service.Sid,
            ["url"] = urls.Of(found),
            ["links"] = Links(found),
        };
        if (found.Kind != ObjectKind.Stream) body.Add("revision", Revision.Text(state.Revision));
        if (found.Kind == ObjectKind.Document) body.Add("data", state.Data);
        return WithDates(body, state);
    }

    public object Of(SyncObject parent, SyncItem item)
    {
        var isMap = parent.Kind == ObjectKind.Map;
        var (name, key) = isMap ? ("key", (object)item.Key) : ("index", item.Index);
        return WithDates(
            new()
            {
                [name] = key,
                ["account_sid"] = SandboxAccount.Sid,
                ["service_sid"] = parent.Service.Sid,
                [$"{parent.Kind.Name}_sid"] = parent.Sid,
                ["url"] = $"{urls.ItemsOf(parent)}/{Uri.EscapeDataString(key.ToString()!)}",
                ["revision"] = Revision.Text(item.State.Revision),
                ["data"] = item.State.Data,
            },
            item.State);
    }

    public object Of(SyncObject target, Permission permission) => new Dictionary<string, object?>
    {
        ["account_sid"] = SandboxAccount.Sid,
        ["service_sid"] = target.Service.Sid,
        [$"{target.Kind.Name}_sid"] = target.Sid,
        ["identity"] = permission.Identity,
        ["read"] = permission.Read,
        ["write"] = permission.Write,
        ["manage"] = permission.Manage,
        ["url"] = $"{urls.PermissionsOf(target)}/{Uri.EscapeDataString(permission.Identity)}",
    };

    private Dictionary<string, string> Links(SyncObject found)
    {
        if (found.Kind == ObjectKind.Stream) return new() { ["messages"] = urls.MessagesOf(found) };
        var links = new Dictionary<string, string> { ["permissions"] = urls.PermissionsOf(found) };
        if (found.Kind.HasItems) links.Add("items", urls.ItemsOf(found));
        return links;
    }

    private static Dictionary<string, object?> WithDates(Dictionary<string, object?> body, State state)
    {
        body.Add("date_expires", state.Expires is { } expires ? TwilioTime.Seconds(expires) : null);
        body.Add("date_created", TwilioTime.Seconds(state.Created));
        body.Add("date_updated", TwilioTime.Seconds(state.Updated));
        body.Add("created_by", state.CreatedBy);
        return body;
    }
}
