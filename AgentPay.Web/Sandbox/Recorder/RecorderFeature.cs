using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Pages;

namespace AgentPay.Web.Sandbox.Recorder;

/// <summary>The recorder of a PBX: receives the events about payments at <see cref="Path"/> and shows them there.</summary>
public static class RecorderFeature
{
    public const string Path = "/sandbox/recorder";

    private const int LargestBody = 16 * 1024;

    public static void AddRecorder(this IServiceCollection services) => services.AddResettable<RecorderInbox>();

    /// <param name="control">Where scripts read the events.</param>
    public static void MapRecorder(this IEndpointRouteBuilder app, IEndpointRouteBuilder control)
    {
        app.MapPost(Path, ReceiveAsync).AllowAnonymous();
        app.MapGet(Path, (HttpRequest request, RecorderInbox inbox) => SandboxPage.Of<RecorderPage>(new()
        {
            [nameof(RecorderPage.Events)] = inbox.All,
            [nameof(RecorderPage.Sandbox)] = request.PathBase + "/sandbox",
        })).AllowAnonymous();
        control.MapGet("/recorder", (RecorderInbox inbox) => Results.Json(inbox.All, SandboxJson.Control));
    }

    private static async Task<IResult> ReceiveAsync(HttpRequest request, RecorderInbox inbox, FaultInjector faults, TimeProvider clock)
    {
        if (faults.Settings.RecorderDelayMs is > 0 and var delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, request.HttpContext.RequestAborted);
        if (faults.Happens(faults.Settings.RecorderError)) return Results.StatusCode(StatusCodes.Status500InternalServerError);
        if (request.ContentLength is not <= LargestBody) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var now = clock.GetUtcNow();
        if (RecorderSignature.Verify(request.Headers, body.ToArray(), now) is not var (id, sentAt)) return Results.Unauthorized();
        if (RecorderEvent.Read(id, sentAt, now, body.ToArray()) is not { } received) return Results.BadRequest();
        inbox.Add(received);
        return Results.NoContent();
    }
}
