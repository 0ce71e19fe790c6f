namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Services: twilio.com/docs/sync/api/service. For the account alone; a token reaches what is inside its service.</summary>
internal static class ServiceEndpoints
{
    private const int LongestWebhookUrl = 512;
    private const int LongestFriendlyName = 256;

    public static void MapServices(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/Services", SyncCall.Handle(List));
        v1.MapPost("/Services", SyncCall.Handle(Create));
        v1.MapGet("/Services/{service}", SyncCall.Handle(Fetch));
        v1.MapPost("/Services/{service}", SyncCall.Handle(Update));
        v1.MapDelete("/Services/{service}", SyncCall.Handle(Delete));
    }

    private static SyncAnswer List(SyncCall call)
    {
        OnlyTheAccount(call);
        var query = call.Query.ReadPage();
        call.Meter.ReadService();
        return Paging.Answer("services", call.Urls.Services, call.Services.Read(query), query, new SyncBodies(call.Urls).Of);
    }

    private static SyncAnswer Create(SyncCall call)
    {
        OnlyTheAccount(call);
        var settings = Read(call.Form, new());
        call.Meter.WriteService();
        return new(StatusCodes.Status201Created, new SyncBodies(call.Urls).Of(call.Services.Create(settings)));
    }

    private static SyncAnswer Fetch(SyncCall call)
    {
        OnlyTheAccount(call);
        var service = call.Service();
        call.Meter.ReadService();
        return new(StatusCodes.Status200OK, new SyncBodies(call.Urls).Of(service));
    }

    private static SyncAnswer Update(SyncCall call)
    {
        OnlyTheAccount(call);
        var service = call.Service();
        service.Update(settings => Read(call.Form, settings), call.Now);
        call.Meter.WriteService();
        return new(StatusCodes.Status200OK, new SyncBodies(call.Urls).Of(service));
    }

    private static SyncAnswer Delete(SyncCall call)
    {
        OnlyTheAccount(call);
        if (!call.Services.Remove(call.Service())) throw call.NotFound();
        call.Meter.WriteService();
        return SyncAnswer.Deleted;
    }

    private static void OnlyTheAccount(SyncCall call)
    {
        if (!call.Caller.IsAccount) throw SyncCall.Forbidden();
    }

    private static ServiceSettings Read(SyncForm form, ServiceSettings before) => new()
    {
        FriendlyName = FriendlyName(form) ?? before.FriendlyName,
        WebhookUrl = WebhookUrl(form, before.WebhookUrl),
        WebhooksFromRestEnabled = form.Flag("WebhooksFromRestEnabled") ?? before.WebhooksFromRestEnabled,
        ReachabilityWebhooksEnabled = form.Flag("ReachabilityWebhooksEnabled") ?? before.ReachabilityWebhooksEnabled,
        AclEnabled = form.Flag("AclEnabled") ?? before.AclEnabled,
        ReachabilityDebouncingEnabled = form.Flag("ReachabilityDebouncingEnabled") ?? before.ReachabilityDebouncingEnabled,
        ReachabilityDebouncingWindow = form.Number("ReachabilityDebouncingWindow", 1000, 30_000) ?? before.ReachabilityDebouncingWindow,
    };

    private static string? FriendlyName(SyncForm form)
    {
        var name = form.Text("FriendlyName");
        return name is null or { Length: <= LongestFriendlyName } ? name : throw new Refusal(400, 54053, "Invalid friendly name");
    }

    /// <summary>An empty one takes the URL away.</summary>
    private static string? WebhookUrl(SyncForm form, string? before)
    {
        var text = form.Text("WebhookUrl");
        if (string.IsNullOrEmpty(text)) return text is null ? before : null;
        var fits = text.Length <= LongestWebhookUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        return fits ? text : throw new Refusal(400, 54051, "Invalid webhook URL");
    }
}
