using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Sync;

// A response. Without a body, nothing is written. The revision is sent in the ETag header.
public sealed record SyncResponse(int Status, object? Body = null, long? Revision = null)
{
    public static readonly SyncResponse Deleted = new(StatusCodes.Status204NoContent);
}

// A request to the Sync API: the caller, the addressed resource and the parameters.
public sealed class SyncRequest
{
    private readonly HttpContext _context;

    private SyncRequest(HttpContext context, IFormCollection form)
    {
        _context = context;
        Services = context.RequestServices.GetRequiredService<SyncServices>();
        Meter = context.RequestServices.GetRequiredService<SyncMeter>();
        Caller = context.Features.Get<SyncCaller>() ?? SyncCaller.Account;
        Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        Urls = new(context.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value.BaseUrl, context.Request);
        Form = new(form);
    }

    public SyncCaller Caller { get; }

    public DateTimeOffset Now { get; }

    public SyncForm Form { get; }

    public SyncUrls Urls { get; }

    public SyncServices Services { get; }

    public SyncMeter Meter { get; }

    public IQueryCollection Query => _context.Request.Query;

    public static RequestDelegate Handle(Func<SyncRequest, SyncResponse> handle) => async context =>
    {
        var isForm = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType;
        var form = isForm ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var request = new SyncRequest(context, form);
        request.RejectAmbiguousPath();
        await request.WriteAsync(handle(request));
    };

    // Returns a segment of the path, decoded.
    public string Route(string name) => (string)_context.Request.RouteValues[name]!;

    // A write that applies only to the revision in the If-Match header, if the header is present.
    public SyncWrite ConditionalWrite() => new(Caller, Now, Revision.FromIfMatch(_context.Request.Headers.IfMatch));

    public SyncWrite Write() => new(Caller, Now);

    // Returns the service in the path. An access token is valid for one service only.
    public SyncService Service()
    {
        var service = Services.Find(Route("service")) ?? throw NotFound();
        if (!Caller.IsAccount && Services.Find(Caller.ServiceSid!) != service)
            throw new ApiError(401, 20106, "Invalid Access Token grants");
        return service;
    }

    // Returns the object in the path. Throws 54007 if the caller does not have the right.
    public SyncObject Resource(ObjectKind kind, Right right)
    {
        var service = Service();
        var found = service[kind].Find(Route("object"), Now) ?? throw NotFound();
        if (NeedsPermission(service) && found.Permissions.Find(Caller.Identity)?.Allows(right) != true) throw Forbidden();
        return found;
    }

    // Whether the caller needs an explicit permission for each object.
    public bool NeedsPermission(SyncService service) => !Caller.IsAccount && service.State.Settings.AclEnabled;

    public static ApiError Forbidden() => new(403, 54007, "Access forbidden for identity");

    public ApiError NotFound() => ApiError.NotFound(_context.Request.Path.Value![SyncFeature.Path.Length..]);

    // Twilio treats an escaped slash as a path separator, so a key that contains a slash cannot be addressed.
    // Kestrel resolves dot segments, so such a path would address another resource.
    private void RejectAmbiguousPath()
    {
        var target = _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        var hasEscapedSlash = target.Contains("%2F", StringComparison.OrdinalIgnoreCase);
        var hasDotSegment = target.Split('/').Any(segment => Uri.UnescapeDataString(segment) is "." or "..");
        if (hasEscapedSlash || hasDotSegment) throw ApiError.NotFound(target);
    }

    private async Task WriteAsync(SyncResponse answer)
    {
        _context.Response.StatusCode = answer.Status;
        if (answer.Revision is { } revision) _context.Response.Headers.ETag = Revision.ETag(revision);
        if (answer.Body is not null) await _context.Response.WriteAsJsonAsync(answer.Body, SandboxJson.Twilio, _context.RequestAborted);
    }
}
