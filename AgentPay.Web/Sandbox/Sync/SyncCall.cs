using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>What a request is answered with. <see cref="Body"/> null answers nothing; <see cref="Revision"/> goes into the ETag.</summary>
public sealed record SyncAnswer(int Status, object? Body = null, long? Revision = null)
{
    public static readonly SyncAnswer Deleted = new(StatusCodes.Status204NoContent);
}

/// <summary>One request: who makes it, what it addresses and what it brings.</summary>
public sealed class SyncCall
{
    private readonly HttpContext _context;

    private SyncCall(HttpContext context, IFormCollection form)
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

    public static RequestDelegate Handle(Func<SyncCall, SyncAnswer> handle) => async context =>
    {
        var isForm = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType;
        var form = isForm ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var call = new SyncCall(context, form);
        call.RefuseUnaddressable();
        await call.WriteAsync(handle(call));
    };

    /// <summary>A part of the path, decoded.</summary>
    public string Route(string name) => (string)_context.Request.RouteValues[name]!;

    /// <summary>With the revision that the request insists on, if it does.</summary>
    public SyncWrite ConditionalWrite() => new(Caller, Now, Revision.OfIfMatch(_context.Request.Headers.IfMatch));

    public SyncWrite Write() => new(Caller, Now);

    /// <summary>The service in the path; a token must be made for it.</summary>
    public SyncService Service()
    {
        var service = Services.Find(Route("service")) ?? throw NotFound();
        if (!Caller.IsAccount && Services.Find(Caller.ServiceSid!) != service) throw new Refusal(401, 20106, "Invalid Access Token grants");
        return service;
    }

    /// <summary>The object in the path, on which the caller must have the right.</summary>
    public SyncObject Resource(ObjectKind kind, Right right)
    {
        var service = Service();
        var found = service[kind].Find(Route("object"), Now) ?? throw NotFound();
        if (IsBoundByAcl(service) && found.Permissions.Find(Caller.Identity)?.Allows(right) != true) throw Forbidden();
        return found;
    }

    /// <summary>Whether the caller may do only what has been granted, object by object.</summary>
    public bool IsBoundByAcl(SyncService service) => !Caller.IsAccount && service.State.Settings.AclEnabled;

    public static Refusal Forbidden() => new(403, 54007, "Access forbidden for identity");

    public Refusal NotFound() => Refusal.NotFound(_context.Request.Path.Value![SyncFeature.Path.Length..]);

    /// <summary>
    /// An escaped slash ends a part of the path at Twilio, so that such keys cannot be addressed; dots that the server has resolved
    /// would address something else than was meant.
    /// </summary>
    private void RefuseUnaddressable()
    {
        var target = _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        var isOdd = target.Contains("%2F", StringComparison.OrdinalIgnoreCase) || target.Split('/').Any(part => Uri.UnescapeDataString(part) is "." or "..");
        if (isOdd) throw Refusal.NotFound(target);
    }

    private async Task WriteAsync(SyncAnswer answer)
    {
        _context.Response.StatusCode = answer.Status;
        if (answer.Revision is { } revision) _context.Response.Headers.ETag = Revision.ETag(revision);
        if (answer.Body is not null) await _context.Response.WriteAsJsonAsync(answer.Body, SandboxJson.Twilio, _context.RequestAborted);
    }
}
