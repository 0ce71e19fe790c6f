namespace AgentPay.Web.Sandbox.Sync;

// Services: twilio.com/docs/sync/api/service. Only the account can manage services.
// An access token can only reach the objects in its service.
internal static class ServiceEndpoints
{
    private const int MaxWebhookUrlLength = 512;
    private const int MaxFriendlyNameLength = 256;

    public static void MapServices(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/Services", SyncRequest.Handle(List));
        v1.MapPost("/Services", SyncRequest.Handle(Create));
        v1.MapGet("/Services/{service}", SyncRequest.Handle(Fetch));
        v1.MapPost("/Services/{service}", SyncRequest.Handle(Update));
        v1.MapDelete("/Services/{service}", SyncRequest.Handle(Delete));
    }

    private static SyncResponse List(SyncRequest request)
    {
        RequireAccount(request);
        var query = request.Query.ReadPage();
        request.Meter.CountServiceRead();
        return Paging.Answer("services", request.Urls.Services, request.Services.Read(query), query, new SyncBodies(request.Urls).Of);
    }

    private static SyncResponse Create(SyncRequest request)
    {
        RequireAccount(request);
        var settings = Read(request.Form, new());
        request.Meter.CountServiceWrite();
        return new(StatusCodes.Status201Created, new SyncBodies(request.Urls).Of(request.Services.Create(settings)));
    }

    private static SyncResponse Fetch(SyncRequest request)
    {
        RequireAccount(request);
        var service = request.Service();
        request.Meter.CountServiceRead();
        return new(StatusCodes.Status200OK, new SyncBodies(request.Urls).Of(service));
    }

    private static SyncResponse Update(SyncRequest request)
    {
        RequireAccount(request);
        var service = request.Service();
        service.Update(settings => Read(request.Form, settings), request.Now);
        request.Meter.CountServiceWrite();
        return new(StatusCodes.Status200OK, new SyncBodies(request.Urls).Of(service));
    }

    private static SyncResponse Delete(SyncRequest request)
    {
        RequireAccount(request);
        if (!request.Services.Remove(request.Service())) throw request.NotFound();
        request.Meter.CountServiceWrite();
        return SyncResponse.Deleted;
    }

    private static void RequireAccount(SyncRequest request)
    {
        if (!request.Caller.IsAccount) throw SyncRequest.Forbidden();
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
        return name is null or { Length: <= MaxFriendlyNameLength } ? name : throw new ApiError(400, 54053, "Invalid friendly name");
    }

    // An empty value removes the URL.
    private static string? WebhookUrl(SyncForm form, string? before)
    {
        var text = form.Text("WebhookUrl");
        if (string.IsNullOrEmpty(text)) return text is null ? before : null;
        var isValid = text.Length <= MaxWebhookUrlLength
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https";
        return isValid ? text : throw new ApiError(400, 54051, "Invalid webhook URL");
    }
}
